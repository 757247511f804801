import type { ClientId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, plus, seconds } from '#shared/kernel/time.ts'

/** The one event that makes a JWT a logout token. */
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'

/** Long enough for a clock that is a little wrong; the next attempt brings a new token. */
const logoutTokenLifetime = seconds(120)

/** What a logout token says, before it is written in claims. */
export interface LogoutTokenFacts {
  readonly issuer: string
  /** As the client knows the user. */
  readonly subject: string
  readonly client: ClientId
  /** As the client knows the session. */
  readonly sid: string
  readonly jti: string
  readonly issuedAt: EpochSeconds
}

/**
 * The claims of a logout token: never a nonce, so that it cannot pass for an ID token.
 *
 * @spec https://openid.net/specs/openid-connect-backchannel-1_0.html#LogoutToken
 */
export const logoutTokenClaims = (facts: LogoutTokenFacts) => ({
  iss: facts.issuer,
  sub: facts.subject,
  aud: facts.client,
  iat: facts.issuedAt,
  exp: plus(facts.issuedAt, logoutTokenLifetime),
  jti: facts.jti,
  sid: facts.sid,
  events: { [logoutEvent]: {} },
})
