import { guardedHttpClient } from '#shared/node/http-client.ts'
import type { AwsAccess } from './deployment.ts'

/**
 * Asks a running local cloud how its AWS services are reached, with its operator's credentials.
 *
 * Over TLS its certificate is one that nobody vouches for, as it may be on this computer alone.
 *
 * @param url where it is, such as `http://localhost:9400`
 */
export async function localAccess(url: string): Promise<AwsAccess> {
  const client = guardedHttpClient({ allowsLoopback: true })
  const { href } = new URL('/_local/api/operator', url)
  const answer = await client.fetch({ method: 'GET', url: href, purpose: 'operator' })
  if (answer.kind !== 'answered' || answer.status !== 200) {
    throw new Error(`there is no local cloud at ${url}`)
  }
  const access: Required<AwsAccess> = JSON.parse(answer.body)
  return access
}
