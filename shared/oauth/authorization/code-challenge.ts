import type { Brand } from '#shared/kernel/brand.ts'
import { equalInConstantTime, sha256Base64url } from '#shared/kernel/digest.ts'
import type { Parameters } from '#shared/kernel/parameters.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import { isPublicClient } from '../client/public-client.ts'
import { invalidGrant, invalidRequest } from '../errors.ts'

/** BASE64URL(SHA-256(code_verifier)): 43 characters. */
export type CodeChallenge = Brand<string, 'CodeChallenge'>

const s256Challenge = /^[A-Za-z0-9_-]{43}$/
const codeVerifier = /^[A-Za-z0-9._~-]{43,128}$/

/**
 * Reads `code_challenge` and `code_challenge_method`; only `S256` is accepted.
 *
 * A public client cannot prove itself at the token endpoint, so for it PKCE is required; a strict profile
 * asks it of all.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7636#section-4.3
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1 public clients must use PKCE
 * @throws ProtocolError `invalid_request`
 */
export function parseCodeChallenge(
  parameters: Parameters,
  { tenant, client }: { readonly tenant: Tenant; readonly client: Client },
): CodeChallenge | undefined {
  const challenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  if (challenge === undefined) {
    if (method !== undefined) {
      throw invalidRequest('oauth/pkce/challenge-missing', 'code_challenge is missing')
    }
    if (isPublicClient(client) || profileOf(tenant).requiresProofKey) {
      throw invalidRequest('oauth/pkce/required', 'code_challenge is required for this client')
    }
    return undefined
  }
  // RFC 7636 section 4.3: an absent method means `plain`, which is not offered.
  if (method !== 'S256') {
    throw invalidRequest('oauth/pkce/method', 'code_challenge_method must be S256')
  }
  if (!s256Challenge.test(challenge)) {
    throw invalidRequest('oauth/pkce/challenge-shape', 'code_challenge is malformed')
  }
  return challenge as CodeChallenge
}

/**
 * Checks that a `code_verifier` hashes to the `code_challenge` bound to the code.
 *
 * A verifier for a code that was asked for without a challenge is refused too: it is the sign of a
 * challenge stripped on the way (PKCE downgrade).
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7636#section-4.6
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1 downgrade
 * @param presented unverified
 * @throws ProtocolError `invalid_grant` when they do not belong together
 */
export function verifyCodeVerifier(
  presented: string | undefined,
  expected: CodeChallenge | undefined,
): void {
  if (expected === undefined) {
    if (presented === undefined) return
    throw invalidGrant('oauth/pkce/not-requested', 'code_verifier without a code_challenge')
  }
  if (presented === undefined) {
    throw invalidGrant('oauth/pkce/verifier-missing', 'code_verifier is missing')
  }
  const matches =
    codeVerifier.test(presented) && equalInConstantTime(sha256Base64url(presented), expected)
  if (!matches) {
    throw invalidGrant(
      'oauth/pkce/verifier-mismatch',
      'code_verifier does not match code_challenge',
    )
  }
}
