import type { ClientId, FamilyId, UserId } from '#shared/kernel/ids.ts'
import { sealedUse } from '#shared/kernel/sealed-content.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { AuthorizationDetail } from '../authorization/authorization.ts'
import type { Confirmation } from '../possession/confirmation.ts'
import type { Actor } from './actor.ts'

/** Whom a token of ours speaks for, and the line of tokens it belongs to. */
export interface TokenLine {
  readonly user: UserId
  readonly family: FamilyId
}

/** As a token carries it. */
export const sealedLine = sealedUse<TokenLine>('line')

/** What an access token says, whichever its format. */
export interface AccessToken {
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
  /** Who acts for the subject; absent where the subject acts by itself. */
  readonly actor?: Actor
  /** Absent where a client acts for itself. */
  readonly line?: TokenLine
}

/** An access token as it is handed out, and how much was granted with it. */
export interface IssuedAccessToken {
  readonly token: string
  readonly expiresAt: EpochSeconds
  readonly scopes: readonly string[]
  readonly authorizationDetails?: readonly AuthorizationDetail[]
}

/** The claims of a token, as a JWT carries them: the line is sealed, the only way back to it. */
export type AccessTokenClaims = ReturnType<typeof accessTokenClaims>

/**
 * The claims of a JWT access token.
 *
 * The authorization claims of section 2.2.3.1 are left out: groups and roles change while a token
 * lives, and userinfo answers them as they are.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9068#section-2.2
 * @param handle the line, sealed
 */
export const accessTokenClaims = (
  issuer: string,
  token: AccessToken,
  handle: string | undefined,
) => ({
  iss: issuer,
  sub: token.subject,
  aud: token.audience,
  client_id: token.client,
  ...(token.scopes.length === 0 ? {} : { scope: token.scopes.join(' ') }),
  jti: token.jti,
  iat: token.issuedAt,
  exp: token.expiresAt,
  ...withoutAbsent({
    auth_time: token.authTime,
    acr: token.acr,
    authorization_details: token.authorizationDetails,
    cnf: token.confirmation,
    act: token.actor,
    hdl: handle,
  }),
})

/**
 * Reads back the claims of a JWT of ours; `undefined` when it lacks what every one of them has.
 *
 * The types are taken on trust: only what our own key has signed reaches this point.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9068#section-4
 * @param line what the handle in the claims seals
 */
export function readAccessTokenClaims(
  claims: Readonly<Record<string, unknown>>,
  line: TokenLine | undefined,
): AccessToken | undefined {
  const isComplete = (['iss', 'sub', 'aud', 'client_id', 'jti', 'iat', 'exp'] as const).every(
    (name) => claims[name] !== undefined,
  )
  if (!isComplete) return undefined
  const signed = claims as AccessTokenClaims
  return {
    subject: signed.sub,
    audience: signed.aud,
    client: signed.client_id,
    scopes: signed.scope?.split(' ') ?? [],
    jti: signed.jti,
    issuedAt: signed.iat,
    expiresAt: signed.exp,
    ...withoutAbsent({
      authTime: signed.auth_time,
      acr: signed.acr,
      authorizationDetails: signed.authorization_details,
      confirmation: signed.cnf,
      actor: signed.act,
      line,
    }),
  }
}
