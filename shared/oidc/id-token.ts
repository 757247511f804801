import { halfHash } from '#shared/jose/half-hash.ts'
import type { IdTokenFacts } from '#shared/oauth/id-token-facts.ts'

/**
 * The claims of an ID token: protocol claims only, the person's come from userinfo.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#IDToken
 */
export const idTokenClaims = (facts: IdTokenFacts) => ({
  iss: facts.issuer,
  sub: facts.subject,
  aud: facts.client,
  exp: facts.expiresAt,
  iat: facts.issuedAt,
  auth_time: facts.authTime,
  amr: facts.amr,
  sid: facts.sid,
  at_hash: halfHash(facts.algorithm, facts.accessToken),
  ...(facts.nonce === undefined ? {} : { nonce: facts.nonce }),
})
