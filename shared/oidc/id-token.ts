import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { halfHash } from '#shared/jose/half-hash.ts'
import type { ClientId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { IdTokenFacts } from '#shared/oauth/token/id-token-facts.ts'

/** An ID token before it is written in claims. */
export interface IdToken extends Omit<IdTokenFacts, 'sid'> {
  readonly issuer: string
  readonly client: ClientId
  /** How the client knows the session. */
  readonly sid: string
  /** What it will be signed with. */
  readonly algorithm: SigningAlgorithm
  readonly issuedAt: EpochSeconds
  readonly expiresAt: EpochSeconds
}

/**
 * The protocol claims of an ID token.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#IDToken
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#HybridIDToken `at_hash` and `c_hash`
 * @spec https://openid.net/specs/openid-financial-api-part-2-1_0-final.html#id-token-as-detached-signature `s_hash`
 */
export function idTokenClaims(token: IdToken) {
  const hashOf = (value: string | undefined): string | undefined =>
    value === undefined ? undefined : halfHash(token.algorithm, value)
  return {
    iss: token.issuer,
    sub: token.subject,
    aud: token.client,
    exp: token.expiresAt,
    iat: token.issuedAt,
    auth_time: token.authTime,
    amr: token.amr,
    sid: token.sid,
    ...withoutAbsent({
      acr: token.acr,
      nonce: token.nonce,
      at_hash: hashOf(token.accessToken),
      c_hash: hashOf(token.code),
      s_hash: hashOf(token.state),
    }),
  }
}
