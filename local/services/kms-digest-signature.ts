import {
  constants,
  createHash,
  createPublicKey,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
} from 'node:crypto'
import { p256, p384, p521 } from '@noble/curves/nist.js'

export type Hash = 'sha256' | 'sha384' | 'sha512'

/** A way of signing a digest that was made elsewhere; `node:crypto` itself only signs messages. */
export interface DigestScheme {
  sign(key: KeyObject, digest: Uint8Array, hash: Hash): Uint8Array
  verify(key: KeyObject, digest: Uint8Array, hash: Hash, signature: Uint8Array): boolean
}

/** @spec https://www.rfc-editor.org/rfc/rfc8017#section-9.2 the DER prefixes of note 1 */
const digestInfo: Readonly<Record<Hash, Buffer>> = {
  sha256: Buffer.from('3031300d060960864801650304020105000420', 'hex'),
  sha384: Buffer.from('3041300d060960864801650304020205000430', 'hex'),
  sha512: Buffer.from('3051300d060960864801650304020305000440', 'hex'),
}

/** The RSA operation on a signature, or `undefined` where it does not fit the key or its padding. */
function open(key: KeyObject, signature: Uint8Array, padding: number): Buffer | undefined {
  try {
    return publicDecrypt({ key: createPublicKey(key), padding }, signature)
  } catch {
    return undefined
  }
}

/** @spec https://www.rfc-editor.org/rfc/rfc8017#section-8.2 */
export const rsaPkcs1: DigestScheme = {
  sign: (key, digest, hash) =>
    privateEncrypt(
      { key, padding: constants.RSA_PKCS1_PADDING },
      Buffer.concat([digestInfo[hash], digest]),
    ),
  verify: (key, digest, hash, signature) =>
    open(key, signature, constants.RSA_PKCS1_PADDING)?.equals(
      Buffer.concat([digestInfo[hash], digest]),
    ) ?? false,
}

/** @spec https://www.rfc-editor.org/rfc/rfc8017#appendix-B.2.1 */
function mask(seed: Uint8Array, length: number, hash: Hash): Buffer {
  const blocks: Buffer[] = []
  for (let counter = 0; Buffer.concat(blocks).length < length; counter += 1) {
    const index = Buffer.alloc(4)
    index.writeUInt32BE(counter)
    blocks.push(createHash(hash).update(seed).update(index).digest())
  }
  return Buffer.concat(blocks).subarray(0, length)
}

const xor = (left: Uint8Array, right: Uint8Array): Buffer =>
  Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)))

const modulusBytes = (key: KeyObject): number => (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8

/** @spec https://www.rfc-editor.org/rfc/rfc8017#section-9.1.1 a modulus of whole bytes is assumed */
function encodePss(digest: Uint8Array, salt: Uint8Array, length: number, hash: Hash): Buffer {
  const inner = createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest()
  const padding = Buffer.alloc(length - salt.length - inner.length - 2)
  const block = Buffer.concat([padding, Buffer.from([1]), salt])
  const masked = xor(block, mask(inner, block.length, hash))
  masked.writeUInt8(masked.readUInt8(0) & 0x7f, 0)
  return Buffer.concat([masked, inner, Buffer.from([0xbc])])
}

/** What was hidden under the mask ends in the salt; encoding again with it checks all the rest. */
function saltOf(encoded: Buffer, saltBytes: number, hash: Hash): Buffer {
  const blockBytes = encoded.length - saltBytes - 1
  const inner = encoded.subarray(blockBytes, -1)
  return xor(encoded.subarray(0, blockBytes), mask(inner, blockBytes, hash)).subarray(-saltBytes)
}

/** KMS takes a salt as long as the digest. @spec https://www.rfc-editor.org/rfc/rfc8017#section-8.1 */
export const rsaPss: DigestScheme = {
  sign: (key, digest, hash) =>
    privateEncrypt(
      { key, padding: constants.RSA_NO_PADDING },
      encodePss(digest, randomBytes(digest.length), modulusBytes(key), hash),
    ),
  verify(key, digest, hash, signature) {
    const encoded = open(key, signature, constants.RSA_NO_PADDING)
    if (!encoded) return false
    const salt = saltOf(encoded, digest.length, hash)
    return encodePss(digest, salt, encoded.length, hash).equals(encoded)
  },
}

const curves: Readonly<Record<string, typeof p256>> = {
  'P-256': p256,
  'P-384': p384,
  'P-521': p521,
}

function curveOf(key: KeyObject) {
  const { crv = '', d, x, y } = key.export({ format: 'jwk' })
  const curve = curves[crv]
  if (!curve) throw new Error(`${crv} is no NIST curve`)
  const bytes = (text = '') => Buffer.from(text, 'base64url')
  return { curve, secret: bytes(d), point: Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]) }
}

/** KMS answers DER, and does not prefer the lower of the two valid `s`. */
const ecdsaOptions = { prehash: false, lowS: false, format: 'der' } as const

/** @spec https://www.rfc-editor.org/rfc/rfc3279#section-2.2.3 */
export const ecdsa: DigestScheme = {
  sign(key, digest) {
    const { curve, secret } = curveOf(key)
    return curve.sign(digest, secret, ecdsaOptions)
  },
  verify(key, digest, _hash, signature) {
    const { curve, point } = curveOf(key)
    try {
      return curve.verify(signature, digest, point, ecdsaOptions)
    } catch {
      return false
    }
  },
}
