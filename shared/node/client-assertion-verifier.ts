import { compactVerify, createLocalJWKSet, decodeJwt, errors } from 'jose'
import { assertionAlgorithms } from '#shared/oauth/client-assertion.ts'
import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'

/**
 * Verifies client assertions with `jose`; only the signature, for the rules judge the claims.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7523#section-3
 */
export const clientAssertionVerifier: ClientAssertionVerifier = {
  async verify(assertion, keys) {
    try {
      const ownKeys = createLocalJWKSet({ keys: [...keys] })
      const algorithms = [...assertionAlgorithms]
      const { protectedHeader } = await compactVerify(assertion, ownKeys, { algorithms })
      // RFC 7797 section 7: the payload of a JWT is always encoded.
      return protectedHeader.b64 === false ? undefined : decodeJwt(assertion)
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined
      throw error
    }
  },
}
