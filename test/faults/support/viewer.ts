import { request } from 'node:http'
import { Cookies } from '../../../tools/smoke/cookies.ts'

/** What a browser or an app sends; the same value can be sent again. */
export interface Sent {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS'
  /** Path below the origin, with its query. */
  readonly path: string
  readonly form?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: object
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export const shown = ({ status, body, headers }: Answer): string =>
  `${status} ${headers['location'] ?? ''} ${body.slice(0, 120)}`

/** From where a request comes, and what it is traced by. */
export interface Standpoint {
  /** Of loopback: every case has its own, which its audit events name. */
  readonly address: string
  readonly trace?: string
}

const bodyOf = ({ form, json }: Sent): string | undefined =>
  json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json)

/** One browser, which can move from address to address and keeps its cookies. */
export class Viewer {
  readonly #port: string
  readonly #cookies = new Cookies()

  constructor(origin: string) {
    this.#port = new URL(origin).port
  }

  /** Sends one request and follows nothing. */
  send(sent: Sent, { address, trace }: Standpoint): Promise<Answer> {
    const { pathname } = new URL(sent.path, 'http://localhost')
    const cookie = this.#cookies.header(pathname)
    const body = bodyOf(sent)
    const headers = {
      host: `localhost:${this.#port}`,
      ...(sent.form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(sent.json && { 'content-type': 'application/json' }),
      ...(cookie !== '' && { cookie }),
      ...(trace !== undefined && { 'x-amzn-trace-id': `Root=${trace}` }),
      ...sent.headers,
    }
    return new Promise((resolve, reject) => {
      const { method, path } = sent
      const options = { host: '127.0.0.1', port: this.#port, localAddress: address, method, path }
      const outgoing = request({ ...options, headers, agent: false }, async (incoming) => {
        this.#cookies.store(incoming.headers['set-cookie'] ?? [])
        const chunks: Buffer[] = []
        for await (const chunk of incoming) chunks.push(chunk)
        const lines = Object.entries(incoming.headers).map(([name, value]) => [name, `${value}`])
        resolve({
          status: incoming.statusCode ?? 0,
          headers: Object.fromEntries(lines),
          body: Buffer.concat(chunks).toString(),
        })
      })
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }
}
