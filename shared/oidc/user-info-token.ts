import { type EpochSeconds, isExpired } from '#shared/kernel/time.ts'
import { insufficientScope, invalidToken } from '#shared/oauth/errors.ts'
import type { AccessToken } from '#shared/oauth/token/access-token.ts'
import { isOwnResource } from '#shared/oauth/token/protected-resource.ts'

/**
 * Checks that an access token of ours is one for the UserInfo endpoint, and still alive.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9068#section-4
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#UserInfo
 * @param token `undefined` when what was presented is no access token of this issuer
 * @throws ProtocolError `invalid_token` or `insufficient_scope`
 */
export function verifyUserInfoToken(
  token: AccessToken | undefined,
  issuer: string,
  now: EpochSeconds,
): AccessToken {
  if (token === undefined) {
    throw invalidToken('oidc/userinfo/token', 'the access token is not valid here')
  }
  if (isExpired(token.expiresAt, now)) {
    throw invalidToken('oidc/userinfo/expired', 'the access token has expired')
  }
  if (![token.audience].flat().some((resource) => isOwnResource(issuer, resource))) {
    throw invalidToken('oidc/userinfo/audience', 'the access token is not meant for this endpoint')
  }
  if (!token.scopes.includes('openid') || token.line === undefined) {
    throw insufficientScope('oidc/userinfo/scope', 'the access token lacks the scope openid')
  }
  return token
}
