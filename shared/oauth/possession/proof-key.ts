import { createPublicKey, type KeyObject } from 'node:crypto'
import { type SigningAlgorithm, signingAlgorithms } from '#shared/jose/algorithms.ts'
import { jwkThumbprint } from '#shared/jose/public-jwk.ts'
import { isRecord } from '#shared/kernel/json.ts'
import { type Jwk, problemOfJwk } from '../client/client-key.ts'

/** The key of a proof, whoever it belongs to. */
export interface ProofKey {
  readonly algorithm: SigningAlgorithm
  readonly key: KeyObject
  /** SHA-256 thumbprint of the key. */
  readonly jkt: string
}

/** The algorithm of a proof, if it is one of ours. @param alg unverified */
export const proofAlgorithm = (alg: unknown): SigningAlgorithm | undefined =>
  signingAlgorithms.find((known) => known === alg)

/**
 * Reads a public key that fits the algorithm, or answers `undefined` for any other.
 *
 * @param jwk unverified
 */
export function readProofKey(algorithm: SigningAlgorithm, jwk: unknown): ProofKey | undefined {
  if (!isJwk(jwk)) return undefined
  if (problemOfJwk({ ...jwk, alg: algorithm, use: 'sig' }) !== undefined) return undefined
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  return { algorithm, key, jkt: jwkThumbprint(jwk) }
}

const isJwk = (value: unknown): value is Jwk & Readonly<Record<string, unknown>> =>
  isRecord(value) && typeof value['kty'] === 'string'
