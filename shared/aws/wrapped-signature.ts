import { constants, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { mlDsa44Pkcs8 } from '#shared/jose/ml-dsa.ts'

/** Reads the bytes that KMS has unwrapped: the seed of an ML-DSA key, PKCS #8 of every other. */
export function privateKeyOf(algorithm: SigningAlgorithm, unwrapped: Buffer): KeyObject {
  const pkcs8 = algorithm === 'ML-DSA-44' ? mlDsa44Pkcs8(unwrapped) : unwrapped
  try {
    return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  } finally {
    pkcs8.fill(0)
  }
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } as const

type Scheme = (input: Buffer, key: KeyObject) => Uint8Array

const withItsOwnHash: Scheme = (input, key) => sign(null, input, key)

/**
 * @spec https://www.rfc-editor.org/rfc/rfc7518#section-3.1
 * @spec https://www.rfc-editor.org/rfc/rfc8037#section-3.1
 * @spec https://www.rfc-editor.org/rfc/rfc9964#section-5
 */
const schemes: Readonly<Record<SigningAlgorithm, Scheme>> = {
  RS256: (input, key) => sign('sha256', input, key),
  PS256: (input, key) => sign('sha256', input, { key, ...pss }),
  ES256: (input, key) => sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' }),
  EdDSA: withItsOwnHash,
  'ML-DSA-44': withItsOwnHash,
}

/** Signs with a key that KMS has unwrapped. */
export const signWith = (algorithm: SigningAlgorithm, key: KeyObject, input: string): Uint8Array =>
  schemes[algorithm](Buffer.from(input), key)
