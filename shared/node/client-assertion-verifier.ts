import { createLocalJWKSet, errors, jwtVerify } from 'jose'
import { assertionAlgorithms } from '#shared/oauth/client-assertion.ts'
import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'

/** Verifies client assertions with `jose`, which also refuses what has expired. */
export const clientAssertionVerifier: ClientAssertionVerifier = {
  async verify(assertion, keys) {
    try {
      const { payload } = await jwtVerify(assertion, createLocalJWKSet({ keys: [...keys] }), {
        algorithms: [...assertionAlgorithms],
      })
      return payload
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined
      throw error
    }
  },
}
