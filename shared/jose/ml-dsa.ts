import { createHash } from 'node:crypto'

/** Bytes of an encoded public key of ML-DSA-44, with which its SubjectPublicKeyInfo ends. */
const publicKeyBytes = 1312

const representativeBytes = 64

const shake256 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('shake256', { outputLength: representativeBytes })
    .update(Buffer.concat(parts))
    .digest()

/** The pure form, and no context: both belong to the algorithm `ML-DSA-44` of JOSE. */
const pureWithoutContext = Uint8Array.of(0, 0)

/**
 * The message representative μ, which is all that the holder of the private key needs of a message.
 *
 * It depends on the public key, and signing it gives the very signature of the message.
 *
 * @param publicKey SubjectPublicKeyInfo of an ML-DSA-44 key, DER in base64
 * @spec https://www.rfc-editor.org/rfc/rfc9964#section-5
 */
export function mlDsa44Representative(publicKey: string, message: string): Uint8Array {
  const encodedKey = Buffer.from(publicKey, 'base64').subarray(-publicKeyBytes)
  return shake256(shake256(encodedKey), pureWithoutContext, Buffer.from(message))
}

/** PKCS #8 of an ML-DSA-44 private key that is given by its seed, up to the seed. */
const seedPrefix = Buffer.from('3034020100300b060960864801650304031104228020', 'hex')

/**
 * A private key of ML-DSA-44 in PKCS #8.
 *
 * @param seed 32 bytes, which are all that is kept of the key
 * @spec https://www.rfc-editor.org/rfc/rfc9964#section-4
 */
export const mlDsa44Pkcs8 = (seed: Uint8Array): Buffer => Buffer.concat([seedPrefix, seed])
