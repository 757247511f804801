import { type Seconds, seconds } from '#shared/kernel/time.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'

/**
 * Reads `max_age`: how many seconds ago the user may have authenticated at the most.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 * @param presented unverified
 * @throws ProtocolError `invalid_request`
 */
export function parseMaxAge(presented: string | undefined): Seconds | undefined {
  if (presented === undefined) return undefined
  if (!/^\d{1,9}$/.test(presented)) {
    throw invalidRequest('oidc/max-age', 'max_age must be a number of seconds')
  }
  return seconds(Number(presented))
}
