import { createHash } from 'node:crypto'
import type { SigningAlgorithm } from './algorithms.ts'

type HashOptions = readonly [name: string, outputLength?: number]

/** ML-DSA and EdDSA hash inside; theirs is the hash function that FIPS 204 and RFC 8032 name. */
const hashes: Readonly<Record<SigningAlgorithm, HashOptions>> = {
  RS256: ['sha256'],
  PS256: ['sha256'],
  ES256: ['sha256'],
  EdDSA: ['sha512'],
  'ML-DSA-44': ['shake256', 64],
}

/**
 * The left half of a hash by which a signed token is bound to a value beside it: `at_hash`, `c_hash`, `s_hash`.
 *
 * @param algorithm that of the signature over the token; EdDSA is Ed25519 here
 * @param value in ASCII
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken
 * @spec https://openid.net/specs/openid-connect-token-hash-algorithms-1_0.html#section-2
 */
export function halfHash(algorithm: SigningAlgorithm, value: string): string {
  const [name, outputLength] = hashes[algorithm]
  const options = outputLength === undefined ? {} : { outputLength }
  const digest = createHash(name, options).update(value, 'ascii').digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}
