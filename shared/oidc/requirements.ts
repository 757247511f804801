import type { UserId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, epochSeconds, plus, seconds } from '#shared/kernel/time.ts'
import type { Client } from '#shared/oauth/client.ts'
import type { Requirements } from '#shared/signin/interaction.ts'
import type { AuthorizationRequest } from './messages/authorization-request.ts'

/** When a request first arrived, and whether it has been to the pages since. */
export interface Arrival {
  readonly startedAt: EpochSeconds
  readonly isResumed: boolean
}

/**
 * Translates an authorization request into what must be true of the session and the consent.
 *
 * Everything counts from the moment the request first arrived, so that a request which comes back
 * from the pages is judged by the same measure and cannot ask again and again.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 * @param subject the user that a verified `id_token_hint` names
 */
export function requirementsOf(
  request: AuthorizationRequest,
  client: Client,
  subject: UserId | undefined,
  arrival: Arrival,
): Requirements {
  const authenticatedSince = earliestAuthentication(request, arrival)
  const asksAgain = request.prompt.has('consent')
  const needsConsent = asksAgain || !client.skipConsent
  return {
    ...(authenticatedSince === undefined ? {} : { authenticatedSince }),
    ...(subject === undefined ? {} : { subject }),
    ...(needsConsent
      ? {
          consent: {
            scopes: request.scopes,
            ...(asksAgain ? { since: afterArrival(arrival) } : {}),
          },
        }
      : {}),
  }
}

/**
 * From when on something counts as done after the request arrived.
 *
 * Nothing done before the first arrival counts, were it done in the same second, which the clock
 * cannot tell apart; what the pages have brought about since then does.
 */
const afterArrival = ({ startedAt, isResumed }: Arrival): EpochSeconds =>
  isResumed ? startedAt : plus(startedAt, seconds(1))

/**
 * `prompt=login` and `select_account` ask for an authentication from now on, `max_age` for a recent
 * one; `max_age=0` is `prompt=login` in other words.
 */
function earliestAuthentication(
  request: AuthorizationRequest,
  arrival: Arrival,
): EpochSeconds | undefined {
  const { prompt, maxAge } = request
  if (prompt.has('login') || prompt.has('select_account') || maxAge === 0) {
    return afterArrival(arrival)
  }
  return maxAge === undefined ? undefined : epochSeconds(arrival.startedAt - maxAge)
}
