import { compactVerify } from 'jose'
import { jsonObjectOf } from '#shared/jose/json-object.ts'
import type { ProofVerifier } from '#shared/ports/proof-verifier.ts'

/**
 * Verifies proofs of possession with `jose`, under the one algorithm that the rules have allowed.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-4.3
 */
export const proofVerifier: ProofVerifier = {
  async verify({ jwt, key, algorithm }) {
    try {
      const verified = await compactVerify(jwt.reveal(), key, { algorithms: [algorithm] })
      // RFC 7797 section 7: the payload of a JWT is always encoded.
      return verified.protectedHeader.b64 === false ? undefined : jsonObjectOf(verified.payload)
    } catch {
      return undefined
    }
  },
}
