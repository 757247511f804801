import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/** A request that an app has got. */
export interface Heard {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly type: string
  readonly authorization: string | undefined
  readonly body: string
}

/** An app's own server on this computer, which writes down what it hears. */
export interface ListeningApp {
  readonly origin: string
  readonly heard: readonly Heard[]
  /** Status of each next answer; afterwards 200. */
  answerWith(...statuses: readonly number[]): void
  /** Waits until so many requests have come. */
  waitFor(count: number): Promise<readonly Heard[]>
  close(): Promise<void>
}

export async function startListeningApp(
  render: (path: string) => string = () => '',
): Promise<ListeningApp> {
  const heard: Heard[] = []
  const statuses: number[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '', 'http://localhost')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    const { method = '', headers } = request
    const type = headers['content-type'] ?? ''
    const { authorization } = headers
    heard.push({ method, path: url.pathname, query: url.searchParams, type, authorization, body })
    response.writeHead(statuses.shift() ?? 200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(render(url.pathname))
  }
  const server = createServer((request, response) => void answer(request, response))
  const port = await listen(server)
  return {
    origin: `http://localhost:${port}`,
    heard,
    answerWith: (...next) => void statuses.push(...next),
    async waitFor(count) {
      for (let looks = 0; heard.length < count && looks < 400; looks += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return heard
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
