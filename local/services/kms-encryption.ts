import { createPublicKey, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { LocalKmsKey } from '../template.ts'
import { invalidCiphertext, keyIdOf, decrypt as open, encrypt as seal } from './kms-cipher.ts'
import { demandSymmetric, generatePair, type KeyRing } from './kms-keys.ts'
import { blob } from './kms-signature.ts'
import { AwsError, type AwsRequest, validationError } from './service.ts'

type Input = AwsRequest['input']

const context = z.record(z.string(), z.string()).default({})

const encryptInput = z.object({ KeyId: z.string(), Plaintext: blob, EncryptionContext: context })

const decryptInput = z.object({
  KeyId: z.string().optional(),
  CiphertextBlob: blob,
  EncryptionContext: context,
})

const dataKeyInput = z.object({
  KeyId: z.string(),
  KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
  NumberOfBytes: z.number().int().min(1).max(1024).optional(),
  EncryptionContext: context,
})

/** KMS makes pairs of ML-DSA only to keep them. */
const pairInput = z.object({
  KeyId: z.string(),
  KeyPairSpec: z.string().refine((spec) => !spec.startsWith('ML_DSA')),
  EncryptionContext: context,
})

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

const algorithm = { EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }

const sealed = async (
  keys: KeyRing,
  key: LocalKmsKey,
  plaintext: Uint8Array,
  encryptionContext: z.infer<typeof context>,
): Promise<string> => base64(seal(key.keyId, await keys.secret(key), plaintext, encryptionContext))

export async function encrypt(keys: KeyRing, input: Input): Promise<object> {
  const { KeyId, Plaintext, EncryptionContext } = encryptInput.parse(input)
  const key = keys.find(KeyId)
  demandSymmetric(key, 'Encrypt')
  if (Plaintext.length < 1 || Plaintext.length > 4096) {
    throw validationError(
      "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: " +
        'Member must have length between 1 and 4096, inclusive',
    )
  }
  const CiphertextBlob = await sealed(keys, key, Plaintext, EncryptionContext)
  return { KeyId: key.arn, CiphertextBlob, ...algorithm }
}

/** The key that made a blob: the blob names it, and a key that is named besides must be the same. */
export function decryptingKey(keys: KeyRing, input: Input): LocalKmsKey {
  const { KeyId, CiphertextBlob } = decryptInput.parse(input)
  const named = KeyId === undefined ? undefined : keys.find(KeyId)
  const keyId = keyIdOf(CiphertextBlob)
  if (named && named.keyId !== keyId) {
    throw new AwsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    )
  }
  try {
    return named ?? keys.find(keyId)
  } catch {
    throw invalidCiphertext()
  }
}

export async function decrypt(keys: KeyRing, input: Input): Promise<object> {
  const { CiphertextBlob, EncryptionContext } = decryptInput.parse(input)
  const key = decryptingKey(keys, input)
  demandSymmetric(key, 'Decrypt')
  const plaintext = open(await keys.secret(key), CiphertextBlob, EncryptionContext)
  return { KeyId: key.arn, Plaintext: base64(plaintext), ...algorithm }
}

const lengths = { AES_256: 32, AES_128: 16 } as const

export async function generateDataKey(keys: KeyRing, input: Input): Promise<object> {
  const { KeyId, KeySpec, NumberOfBytes, EncryptionContext } = dataKeyInput.parse(input)
  const key = keys.find(KeyId)
  demandSymmetric(key, 'GenerateDataKey')
  const length = KeySpec ? lengths[KeySpec] : NumberOfBytes
  if (length === undefined || (KeySpec && NumberOfBytes)) {
    throw validationError('Please specify either number of bytes or key spec.')
  }
  const plaintext = randomBytes(length)
  const CiphertextBlob = await sealed(keys, key, plaintext, EncryptionContext)
  return { KeyId: key.arn, CiphertextBlob, Plaintext: base64(plaintext) }
}

export async function generateDataKeyWithoutPlaintext(keys: KeyRing, input: Input) {
  const answer = await generateDataKey(keys, input)
  return { ...answer, Plaintext: undefined }
}

export async function generateDataKeyPairWithoutPlaintext(
  keys: KeyRing,
  input: Input,
): Promise<object> {
  const { KeyId, KeyPairSpec, EncryptionContext } = pairInput.parse(input)
  const key = keys.find(KeyId)
  demandSymmetric(key, 'GenerateDataKeyPairWithoutPlaintext')
  const privateKey = await generatePair(KeyPairSpec)
  const der = privateKey.export({ format: 'der', type: 'pkcs8' })
  return {
    KeyId: key.arn,
    KeyPairSpec,
    PrivateKeyCiphertextBlob: await sealed(keys, key, der, EncryptionContext),
    PublicKey: base64(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })),
  }
}
