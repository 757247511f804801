import type { UserId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, epochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Client } from '#shared/oauth/client.ts'
import type { Session } from '#shared/session/session.ts'
import type { Requirements } from '#shared/signin/interaction.ts'
import type { AuthorizationRequest } from './messages/authorization-request.ts'

/**
 * Translates an authorization request into what must be true of the session and the consent.
 *
 * It is decided once, when the request arrives: a request that comes back from the pages is held to
 * the same, so that it cannot ask again and again.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 * @param subject the user that a verified `id_token_hint` names
 * @param session the live session at the start
 */
export function requirementsOf(
  request: AuthorizationRequest,
  client: Client,
  given: {
    readonly subject: UserId | undefined
    readonly session: Session | undefined
    readonly now: EpochSeconds
  },
): Requirements {
  const { maxAge, prompt, scopes } = request
  const again = prompt.has('consent')
  const age = asksToAuthenticate(request) ? 0 : maxAge
  return withoutAbsent({
    authenticatedSince: age === undefined ? undefined : epochSeconds(given.now - age),
    otherThan: asksToAuthenticate(request) ? given.session?.secretHash : undefined,
    subject: given.subject,
    consent: again || !client.skipConsent ? { scopes, again } : undefined,
  })
}

/** `max_age=0` says the same as `prompt=login`: seconds are too coarse to tell a moment ago from now. */
const asksToAuthenticate = ({ prompt, maxAge }: AuthorizationRequest): boolean =>
  prompt.has('login') || prompt.has('select_account') || maxAge === 0
