import { get as getPlain } from 'node:http'
import { get as getSecure } from 'node:https'

interface Answer {
  readonly status: number
  readonly body: string
}

/**
 * Asks the issuer for its discovery document and its keys, as a client's first steps would.
 *
 * @param ca the certificate to trust, when it is our own
 * @throws Error when a client could not start from what comes back
 */
export async function checkIssuer(issuer: string, ca?: string): Promise<void> {
  const discovery = await readJson(`${issuer}/.well-known/openid-configuration`, ca)
  if (discovery['issuer'] !== issuer) {
    throw new Error(`discovery names the issuer ${discovery['issuer']}, not ${issuer}`)
  }
  const { keys } = await readJson(String(discovery['jwks_uri']), ca)
  if (!Array.isArray(keys) || keys.length === 0) throw new Error(`${issuer} publishes no keys`)
}

async function readJson(url: string, ca: string | undefined): Promise<Record<string, unknown>> {
  const { status, body } = await get(url, ca)
  if (status !== 200) throw new Error(`${url} answers ${status}: ${body}`)
  return JSON.parse(body)
}

const get = (url: string, ca: string | undefined): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = url.startsWith('https:')
      ? getSecure(url, ca === undefined ? {} : { ca })
      : getPlain(url)
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      )
    })
  })
