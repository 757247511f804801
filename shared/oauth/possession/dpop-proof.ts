import { readUnverifiedJwt } from '#shared/jose/unverified-jwt.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { invalidDpopProof } from '../errors.ts'
import { type ProofKey, proofAlgorithm, readProofKey } from './proof-key.ts'

/** A DPoP proof whose form is right, with the key that it carries; what it says is unverified. */
export interface DpopProof extends ProofKey {
  readonly jwt: Secret
}

/**
 * Reads the header `DPoP`: one proof, which names its kind and carries its public key.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-4.3
 * @param header unverified; several headers arrive as one, with commas between them
 * @throws ProtocolError `invalid_dpop_proof`
 */
export function parseDpopProof(header: string): DpopProof {
  const jwt = readUnverifiedJwt(header)
  if (jwt === undefined) throw malformed('shape')
  const { typ, alg, jwk } = jwt.header
  if (typ !== 'dpop+jwt') throw malformed('type')
  const algorithm = proofAlgorithm(alg)
  if (algorithm === undefined) throw malformed('algorithm')
  const key = readProofKey(algorithm, jwk)
  if (key === undefined) throw malformed('key')
  return { jwt: new Secret(header), ...key }
}

const malformed = (rule: string) =>
  invalidDpopProof(`oauth/dpop/${rule}`, 'the DPoP proof is malformed')
