import type { UserId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, epochSeconds } from '#shared/kernel/time.ts'
import type { Client } from '#shared/oauth/client.ts'
import type { Requirements } from '#shared/signin/interaction.ts'
import type { AuthorizationRequest } from './messages/authorization-request.ts'

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
  startedAt: EpochSeconds,
): Requirements {
  const authenticatedSince = earliestAuthentication(request, startedAt)
  const asksAgain = request.prompt.has('consent')
  const needsConsent = asksAgain || !client.skipConsent
  return {
    ...(authenticatedSince === undefined ? {} : { authenticatedSince }),
    ...(subject === undefined ? {} : { subject }),
    ...(needsConsent
      ? { consent: { scopes: request.scopes, ...(asksAgain ? { since: startedAt } : {}) } }
      : {}),
  }
}

/** `prompt=login` and `select_account` ask for an authentication from now on, `max_age` for a recent one. */
function earliestAuthentication(
  request: AuthorizationRequest,
  startedAt: EpochSeconds,
): EpochSeconds | undefined {
  if (request.prompt.has('login') || request.prompt.has('select_account')) return startedAt
  return request.maxAge === undefined ? undefined : epochSeconds(startedAt - request.maxAge)
}
