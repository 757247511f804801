import type { ClientId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** What an access token is made of. */
export interface AccessTokenFacts {
  readonly issuer: string
  readonly subject: string
  readonly audience: string
  readonly client: ClientId
  readonly scopes: readonly string[]
  readonly jti: string
  readonly issuedAt: EpochSeconds
  readonly expiresAt: EpochSeconds
  readonly authTime?: EpochSeconds
  /** Sealed user and family: the only way from the token back to them. */
  readonly handle?: string
}

/**
 * The claims of a JWT access token.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9068#section-2.2
 */
export const accessTokenClaims = (facts: AccessTokenFacts) => ({
  iss: facts.issuer,
  sub: facts.subject,
  aud: facts.audience,
  client_id: facts.client,
  ...(facts.scopes.length === 0 ? {} : { scope: facts.scopes.join(' ') }),
  jti: facts.jti,
  iat: facts.issuedAt,
  exp: facts.expiresAt,
  ...(facts.authTime === undefined ? {} : { auth_time: facts.authTime }),
  ...(facts.handle === undefined ? {} : { hdl: facts.handle }),
})
