import { createHash, createPublicKey } from 'node:crypto'
import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalKmsKey } from '../template.ts'
import { type DigestScheme, ecdsa, type Hash, rsaPkcs1, rsaPss } from './kms-digest-signature.ts'
import { demandUse, type KeyRing } from './kms-keys.ts'
import { AwsError, type AwsRequest, validationError } from './service.ts'

interface Algorithm {
  readonly scheme: DigestScheme
  readonly hash: Hash
  readonly keySpecs: readonly string[]
}

const rsaKeys = ['RSA_2048', 'RSA_3072', 'RSA_4096']

/** @spec https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
const algorithms: Readonly<Record<string, Algorithm>> = {
  RSASSA_PKCS1_V1_5_SHA_256: { scheme: rsaPkcs1, hash: 'sha256', keySpecs: rsaKeys },
  RSASSA_PKCS1_V1_5_SHA_384: { scheme: rsaPkcs1, hash: 'sha384', keySpecs: rsaKeys },
  RSASSA_PKCS1_V1_5_SHA_512: { scheme: rsaPkcs1, hash: 'sha512', keySpecs: rsaKeys },
  RSASSA_PSS_SHA_256: { scheme: rsaPss, hash: 'sha256', keySpecs: rsaKeys },
  RSASSA_PSS_SHA_384: { scheme: rsaPss, hash: 'sha384', keySpecs: rsaKeys },
  RSASSA_PSS_SHA_512: { scheme: rsaPss, hash: 'sha512', keySpecs: rsaKeys },
  ECDSA_SHA_256: { scheme: ecdsa, hash: 'sha256', keySpecs: ['ECC_NIST_P256'] },
  ECDSA_SHA_384: { scheme: ecdsa, hash: 'sha384', keySpecs: ['ECC_NIST_P384'] },
  ECDSA_SHA_512: { scheme: ecdsa, hash: 'sha512', keySpecs: ['ECC_NIST_P521'] },
}

export const signingAlgorithms = (key: LocalKmsKey): readonly string[] =>
  Object.keys(algorithms).filter((name) => algorithms[name]?.keySpecs.includes(key.keySpec))

export const blob = z.base64().transform((text) => Buffer.from(text, 'base64'))

const signInput = z.object({
  KeyId: z.string(),
  Message: blob,
  MessageType: z.enum(['RAW', 'DIGEST']).default('RAW'),
  SigningAlgorithm: z.string(),
})

const verifyInput = signInput.extend({ Signature: blob })

type SignInput = z.infer<typeof signInput>
type Input = AwsRequest['input']

function algorithmFor(key: LocalKmsKey, name: string): Algorithm {
  const algorithm = ownEntry(algorithms, name)
  if (!algorithm) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'signingAlgorithm' failed to satisfy constraint: ` +
        `Member must satisfy enum value set: [${Object.keys(algorithms).join(', ')}]`,
    )
  }
  if (algorithm.keySpecs.includes(key.keySpec)) return algorithm
  throw new AwsError(
    'InvalidKeyUsageException',
    `Algorithm ${name} is incompatible with key spec ${key.keySpec}.`,
  )
}

const hashBytes: Readonly<Record<Hash, number>> = { sha256: 32, sha384: 48, sha512: 64 }

/** The digest that is given, or that of a message of at most 4,096 bytes. */
function digestOf({ Message, MessageType, SigningAlgorithm }: SignInput, hash: Hash): Uint8Array {
  if (MessageType === 'DIGEST') {
    if (Message.length === hashBytes[hash]) return Message
    throw validationError(`Digest is invalid length for algorithm ${SigningAlgorithm}.`)
  }
  if (Message.length >= 1 && Message.length <= 4096) {
    return createHash(hash).update(Message).digest()
  }
  throw validationError(
    "1 validation error detected: Value at 'message' failed to satisfy constraint: " +
      'Member must have length between 1 and 4096, inclusive',
  )
}

export async function sign(keys: KeyRing, input: Input): Promise<object> {
  const request = signInput.parse(input)
  const key = keys.find(request.KeyId)
  demandUse(key, 'SIGN_VERIFY', 'Sign')
  const { scheme, hash } = algorithmFor(key, request.SigningAlgorithm)
  const digest = digestOf(request, hash)
  const signature = scheme.sign(await keys.privateKey(key), digest, hash)
  return {
    KeyId: key.arn,
    Signature: Buffer.from(signature).toString('base64'),
    SigningAlgorithm: request.SigningAlgorithm,
  }
}

/** @throws AwsError `KMSInvalidSignatureException`: KMS never answers that a signature is not valid */
export async function verify(keys: KeyRing, input: Input): Promise<object> {
  const request = verifyInput.parse(input)
  const key = keys.find(request.KeyId)
  demandUse(key, 'SIGN_VERIFY', 'Verify')
  const { scheme, hash } = algorithmFor(key, request.SigningAlgorithm)
  const digest = digestOf(request, hash)
  if (!scheme.verify(await keys.privateKey(key), digest, hash, request.Signature)) {
    throw new AwsError('KMSInvalidSignatureException', '')
  }
  return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: request.SigningAlgorithm }
}

export async function getPublicKey(keys: KeyRing, input: Input): Promise<object> {
  const key = keys.find(z.object({ KeyId: z.string() }).parse(input).KeyId)
  demandUse(key, 'SIGN_VERIFY', 'GetPublicKey')
  const publicKey = createPublicKey(await keys.privateKey(key))
  return {
    KeyId: key.arn,
    PublicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    KeySpec: key.keySpec,
    CustomerMasterKeySpec: key.keySpec,
    KeyUsage: key.keyUsage,
    SigningAlgorithms: signingAlgorithms(key),
  }
}
