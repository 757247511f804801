import type { ClientId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { AuthorizationDetail } from './authorization.ts'
import type { Confirmation } from './confirmation.ts'

/** What an access token is made of. */
export interface AccessTokenFacts {
  readonly issuer: string
  readonly subject: string
  readonly audience: string | readonly string[]
  readonly client: ClientId
  readonly scopes: readonly string[]
  readonly jti: string
  readonly issuedAt: EpochSeconds
  readonly expiresAt: EpochSeconds
  readonly authTime?: EpochSeconds
  readonly acr?: string
  readonly authorizationDetails?: readonly AuthorizationDetail[]
  readonly confirmation?: Confirmation
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
  ...withoutAbsent({
    acr: facts.acr,
    authorization_details: facts.authorizationDetails,
    cnf: facts.confirmation,
    hdl: facts.handle,
  }),
})
