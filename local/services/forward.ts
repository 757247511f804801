import http from 'node:http'
import https from 'node:https'
import { AwsError, type AwsResponse } from './service.ts'

interface ForwardedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Sends requests on to another endpoint over connections that stay open. */
export interface Forwarder {
  send(request: ForwardedRequest): Promise<AwsResponse>
  close(): void
}

/** Headers of one connection only; `host` is the next one's own. */
const hopByHop = ['connection', 'host', 'keep-alive', 'transfer-encoding', 'content-length']

const endToEnd = (headers: http.IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => value !== undefined && !hopByHop.includes(name))
      .map(([name, value]) => [name, String(value)]),
  )

async function bodyOf(response: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export function forwardTo(baseUrl: string): Forwarder {
  const base = new URL(baseUrl)
  const { Agent, request: open } = base.protocol === 'https:' ? https : http
  const agent = new Agent({ keepAlive: true })
  const send = ({ method, path, headers, body }: ForwardedRequest) =>
    new Promise<http.IncomingMessage>((resolve, reject) => {
      const url = new URL(`${base.pathname.replace(/\/$/, '')}${path}`, base)
      const options = { agent, method, headers: { ...endToEnd(headers), host: base.host } }
      open(url, options, resolve).on('error', reject).end(body)
    })
  return {
    async send(request) {
      const response = await send(request).catch((cause: unknown) => {
        throw new AwsError('ServiceUnavailable', `${base.origin} does not answer: ${cause}`, 503)
      })
      const body = await bodyOf(response)
      return { status: response.statusCode ?? 502, headers: endToEnd(response.headers), body }
    },
    close: () => agent.destroy(),
  }
}
