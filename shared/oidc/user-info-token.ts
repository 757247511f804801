import type { ClientId, FamilyId, UserId } from '#shared/kernel/ids.ts'
import { trusted } from '#shared/kernel/ids.ts'
import { type EpochSeconds, epochSeconds, isExpired } from '#shared/kernel/time.ts'
import { insufficientScope, invalidToken } from '#shared/oauth/errors.ts'

/** Whom an access token of ours speaks for, inside its sealed handle. */
export interface TokenHandle {
  readonly user: UserId
  readonly family: FamilyId
}

/** An access token whose signature, type, issuer, audience and lifetime hold. */
export interface UserInfoToken {
  readonly client: ClientId
  readonly scopes: readonly string[]
  readonly handle: string
  readonly issuedAt: EpochSeconds
}

/**
 * Reads an access token for the UserInfo endpoint.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9068#section-4
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#UserInfo
 * @param claims `undefined` when the token was not signed by this issuer
 * @throws ProtocolError `invalid_token` or `insufficient_scope`
 */
export function readUserInfoToken(
  claims: Readonly<Record<string, unknown>> | undefined,
  issuer: string,
  now: EpochSeconds,
): UserInfoToken {
  const { exp, iat, client_id: client, hdl: handle } = claims ?? {}
  if (claims === undefined || typeof exp !== 'number' || typeof iat !== 'number') {
    throw invalidToken('oidc/userinfo/token', 'the access token is not valid here')
  }
  if (isExpired(epochSeconds(exp), now)) {
    throw invalidToken('oidc/userinfo/expired', 'the access token has expired')
  }
  if (![claims['aud']].flat().includes(issuer) || typeof client !== 'string') {
    throw invalidToken('oidc/userinfo/audience', 'the access token is not meant for this endpoint')
  }
  const scopes = typeof claims['scope'] === 'string' ? claims['scope'].split(' ') : []
  if (!scopes.includes('openid') || typeof handle !== 'string') {
    throw insufficientScope('oidc/userinfo/scope', 'the access token lacks the scope openid')
  }
  return { client: trusted<ClientId>(client), scopes, handle, issuedAt: epochSeconds(iat) }
}
