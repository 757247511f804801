import type { ClientId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, plus, seconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { ResponseParameters, ResponseTarget } from './authorization-response.ts'

/** Time for a browser to bring the answer home; the RFC recommends ten minutes at most. */
const signedResponseLifetime = seconds(120)

/**
 * The claims of an answer that is returned as a JWT: whom it is from, whom it is for, and its parameters.
 *
 * @spec https://openid.net/specs/oauth-v2-jarm-final.html#section-2.1
 */
export function signedResponseClaims(
  { issuer, state }: ResponseTarget,
  client: ClientId,
  answer: ResponseParameters,
  now: EpochSeconds,
) {
  return {
    ...answer,
    ...withoutAbsent({ state }),
    iss: issuer,
    aud: client,
    exp: plus(now, signedResponseLifetime),
  }
}
