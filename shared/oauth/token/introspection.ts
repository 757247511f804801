import type { EpochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import { tokenTypeOf } from '../possession/confirmation.ts'
import type { AccessToken } from './access-token.ts'
import type { RefreshFamily } from './refresh-family.ts'

/**
 * What is answered of a token; nothing but `active` of one that does not count for the caller.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7662#section-2.2
 */
export type Introspection =
  | { readonly active: false }
  | ({ readonly active: true } & Readonly<Record<string, unknown>>)

/** All that is said of a token that is unknown, over, revoked, or none of the caller's business. */
export const inactive: Introspection = { active: false }

const scopeOf = (scopes: readonly string[]) => (scopes.length === 0 ? undefined : scopes.join(' '))

/**
 * What is said of an access token.
 *
 * The name of the user is told where the scope `profile` would tell it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7662#section-2.2
 * @spec https://www.rfc-editor.org/rfc/rfc7662#section-5
 */
export const introspectedAccessToken = (
  issuer: string,
  token: AccessToken,
  userName: string | undefined,
): Introspection => ({
  active: true,
  iss: issuer,
  sub: token.subject,
  aud: token.audience,
  client_id: token.client,
  jti: token.jti,
  iat: token.issuedAt,
  exp: token.expiresAt,
  token_type: tokenTypeOf(token.confirmation),
  ...withoutAbsent({
    scope: scopeOf(token.scopes),
    username: token.scopes.includes('profile') ? userName : undefined,
    auth_time: token.authTime,
    acr: token.acr,
    authorization_details: token.authorizationDetails,
    cnf: token.confirmation,
    act: token.actor,
  }),
})

/** What is said of a refresh token, to the client that it was issued to. */
export const introspectedRefreshToken = (
  issuer: string,
  family: RefreshFamily,
  subject: string,
): Introspection => ({
  active: true,
  iss: issuer,
  sub: subject,
  client_id: family.client,
  exp: family.expiresAt,
  auth_time: family.authTime,
  ...withoutAbsent({
    scope: scopeOf(family.scopes),
    acr: family.acr,
    authorization_details: family.authorizationDetails,
    cnf: family.confirmation,
  }),
})

/**
 * The claims of an answer that is a JWT: what it says of the token stands apart from what it says of itself.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9701#section-5
 * @spec https://www.rfc-editor.org/rfc/rfc9701#section-8.1 never an access token by mistake
 */
export const introspectionJwtClaims = (
  issuer: string,
  caller: string,
  introspection: Introspection,
  now: EpochSeconds,
) => ({ iss: issuer, aud: caller, iat: now, token_introspection: introspection })
