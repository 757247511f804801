import { request } from 'node:https'
import { generate } from 'selfsigned'

export interface ClientCertificate {
  /** PEM. */
  readonly key: string
  /** PEM. */
  readonly cert: string
}

/** A certificate that is signed by its own key, as a client would make one. */
export async function clientCertificate(commonName: string): Promise<ClientCertificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
  })
  return { key, cert }
}

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** The certificate to trust. */
  readonly ca: string
  readonly certificate?: ClientCertificate
}

/** Asks over TLS, with a certificate or without; `fetch` can do neither. */
export async function askOverTls(
  url: string,
  { method = 'GET', headers = {}, body, ca, certificate }: Sent,
): Promise<Response> {
  const { key, cert } = certificate ?? {}
  const sent = request(url, { method, headers, ca, key, cert, agent: false })
  sent.end(body)
  return new Promise((resolve, reject) => {
    sent.on('error', reject).on('response', async (received) => {
      const text = (await received.toArray()).join('')
      const lines = Object.entries(received.headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      )
      resolve(new Response(text, { status: received.statusCode ?? 0, headers: lines }))
    })
  })
}
