import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A DynamoDB endpoint that carries out every call, and loses the answers it is told to lose. */
export interface ForgetfulProxy {
  readonly url: string
  /** Loses the answer to the next call whose action and body both match. */
  forgetNext(action: string, bodyPart: string): void
  /** How many answers have been lost so far. */
  readonly lost: number
  close(): Promise<void>
}

/** @param upstream the engine that really answers */
export async function forgetfulProxy(upstream: string): Promise<ForgetfulProxy> {
  let armed: { readonly action: string; readonly bodyPart: string } | undefined
  let lost = 0
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const target = String(request.headers['x-amz-target'])
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ])
    const withoutHop = headers.filter(
      ([name]) => !['host', 'connection', 'content-length'].includes(name),
    )
    const answer = await fetch(upstream, { method: 'POST', headers: withoutHop, body })
    const answered = Buffer.from(await answer.arrayBuffer())
    if (armed && target.endsWith(`.${armed.action}`) && body.includes(armed.bodyPart)) {
      armed = undefined
      lost += 1
      request.socket.destroy()
      return
    }
    const type = answer.headers.get('content-type') ?? 'application/x-amz-json-1.0'
    response.writeHead(answer.status, { 'content-type': type }).end(answered)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    forgetNext(action, bodyPart) {
      armed = { action, bodyPart }
    },
    get lost() {
      return lost
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
