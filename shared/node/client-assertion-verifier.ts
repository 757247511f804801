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
      await compactVerify(assertion, ownKeys, { algorithms: [...assertionAlgorithms] })
      return decodeJwt(assertion)
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined
      throw error
    }
  },
}
