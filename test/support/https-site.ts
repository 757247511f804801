import { createServer } from 'node:https'
import { makeCertificate } from '#local/tls.ts'

/** What a site answers at one path. */
export interface SiteAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A site on this computer, over TLS. */
export interface HttpsSite {
  readonly origin: string
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[]
  /** Says what a path answers from now on; every other one is 404. */
  publish(path: string, answer: SiteAnswer): string
  close(): Promise<void>
}

export async function startHttpsSite(): Promise<HttpsSite> {
  const asked: string[] = []
  const answers = new Map<string, SiteAnswer>()
  const server = createServer(await makeCertificate(new Date()), (request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const { status = 200, headers, body = '' } = answers.get(path) ?? { status: 404 }
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const origin = `https://localhost:${port}`
  return {
    origin,
    asked,
    publish(path, answer) {
      answers.set(path, answer)
      return `${origin}${path}`
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
