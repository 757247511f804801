import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { AwsError } from './service.ts'

export type EncryptionContext = Readonly<Record<string, string>>

/** Format, length of the key id, key id, nonce, tag, content. */
const format = 1
const nonceBytes = 12
const tagBytes = 16

/** The order of the pairs does not matter to KMS. */
const associatedData = (keyId: string, context: EncryptionContext): Buffer =>
  Buffer.from(JSON.stringify([keyId, Object.entries(context).sort()]))

export const invalidCiphertext = (): AwsError => new AwsError('InvalidCiphertextException', '')

/** Encrypts under a key's secret; the encryption context is authenticated, not contained. */
export function encrypt(
  keyId: string,
  secret: Uint8Array,
  plaintext: Uint8Array,
  context: EncryptionContext,
): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce)
  cipher.setAAD(associatedData(keyId, context))
  const content = Buffer.concat([cipher.update(plaintext), cipher.final()])
  const id = Buffer.from(keyId)
  return Buffer.concat([Buffer.from([format, id.length]), id, nonce, cipher.getAuthTag(), content])
}

/**
 * The id of the key that a blob was encrypted under, which KMS reads from the blob too.
 *
 * @throws AwsError `InvalidCiphertextException`
 */
export function keyIdOf(blob: Buffer): string {
  const length = blob[1] ?? 0
  if (blob[0] !== format || blob.length < 2 + length + nonceBytes + tagBytes) {
    throw invalidCiphertext()
  }
  return blob.subarray(2, 2 + length).toString()
}

/** @throws AwsError `InvalidCiphertextException` for another key, another context or a changed blob */
export function decrypt(secret: Uint8Array, blob: Buffer, context: EncryptionContext): Buffer {
  const keyId = keyIdOf(blob)
  // Counted as it lies there: a spoilt id need not be text, and text would not have its length.
  const sealed = blob.subarray(2 + (blob[1] ?? 0))
  const content = sealed.subarray(nonceBytes + tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, nonceBytes))
  decipher.setAAD(associatedData(keyId, context))
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
  try {
    return Buffer.concat([decipher.update(content), decipher.final()])
  } catch {
    throw invalidCiphertext()
  }
}
