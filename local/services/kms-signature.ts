import { createHash, createPublicKey } from 'node:crypto'
import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalKmsKey } from '../template.ts'
import { type DigestScheme, ecdsa, type Hash, rsaPkcs1, rsaPss } from './kms-digest-signature.ts'
import { demandUse, type KeyRing } from './kms-keys.ts'
import { type MessageScheme, mlDsaRepresentative, wholeMessage } from './kms-message-signature.ts'
import { AwsError, type AwsRequest, validationError } from './service.ts'

type MessageType = 'RAW' | 'DIGEST' | 'EXTERNAL_MU'

/** How a message of one type is signed, and how long it is: at most, or exactly. */
interface Way extends MessageScheme {
  readonly atMost?: number
  readonly exactly?: number
}

interface Algorithm {
  readonly ways: Readonly<Partial<Record<MessageType, Way>>>
  readonly keySpecs: readonly string[]
}

const longestMessage = 4096
const hashBytes: Readonly<Record<Hash, number>> = { sha256: 32, sha384: 48, sha512: 64 }
const representativeBytes = 64

/** Of a message or of its digest, which is the same. */
function hashing(scheme: DigestScheme, hash: Hash): Algorithm['ways'] {
  const digestOf = (message: Uint8Array) => createHash(hash).update(message).digest()
  return {
    RAW: {
      atMost: longestMessage,
      sign: (key, message) => scheme.sign(key, digestOf(message), hash),
      verify: (key, message, signature) => scheme.verify(key, digestOf(message), hash, signature),
    },
    DIGEST: {
      exactly: hashBytes[hash],
      sign: (key, digest) => scheme.sign(key, digest, hash),
      verify: (key, digest, signature) => scheme.verify(key, digest, hash, signature),
    },
  }
}

const rsaKeys = ['RSA_2048', 'RSA_3072', 'RSA_4096']
const whole: Way = { ...wholeMessage, atMost: longestMessage }
const representative: Way = { ...mlDsaRepresentative, exactly: representativeBytes }

/** @spec https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
const algorithms: Readonly<Record<string, Algorithm>> = {
  RSASSA_PKCS1_V1_5_SHA_256: { ways: hashing(rsaPkcs1, 'sha256'), keySpecs: rsaKeys },
  RSASSA_PKCS1_V1_5_SHA_384: { ways: hashing(rsaPkcs1, 'sha384'), keySpecs: rsaKeys },
  RSASSA_PKCS1_V1_5_SHA_512: { ways: hashing(rsaPkcs1, 'sha512'), keySpecs: rsaKeys },
  RSASSA_PSS_SHA_256: { ways: hashing(rsaPss, 'sha256'), keySpecs: rsaKeys },
  RSASSA_PSS_SHA_384: { ways: hashing(rsaPss, 'sha384'), keySpecs: rsaKeys },
  RSASSA_PSS_SHA_512: { ways: hashing(rsaPss, 'sha512'), keySpecs: rsaKeys },
  ECDSA_SHA_256: { ways: hashing(ecdsa, 'sha256'), keySpecs: ['ECC_NIST_P256'] },
  ECDSA_SHA_384: { ways: hashing(ecdsa, 'sha384'), keySpecs: ['ECC_NIST_P384'] },
  ECDSA_SHA_512: { ways: hashing(ecdsa, 'sha512'), keySpecs: ['ECC_NIST_P521'] },
  ED25519_SHA_512: { ways: { RAW: whole }, keySpecs: ['ECC_NIST_EDWARDS25519'] },
  ML_DSA_SHAKE_256: {
    ways: { RAW: whole, EXTERNAL_MU: representative },
    keySpecs: ['ML_DSA_44'],
  },
}

export const signingAlgorithms = (key: LocalKmsKey): readonly string[] =>
  Object.keys(algorithms).filter((name) => algorithms[name]?.keySpecs.includes(key.keySpec))

export const blob = z.base64().transform((text) => Buffer.from(text, 'base64'))

const signInput = z.object({
  KeyId: z.string(),
  Message: blob,
  MessageType: z.enum(['RAW', 'DIGEST', 'EXTERNAL_MU']).default('RAW'),
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

/** The way of a request's message type, if the algorithm has it and the message its length. */
function wayFor(key: LocalKmsKey, { Message, MessageType, SigningAlgorithm }: SignInput): Way {
  const way = algorithmFor(key, SigningAlgorithm).ways[MessageType]
  if (!way) {
    throw validationError(
      `MessageType ${MessageType} is not valid for algorithm ${SigningAlgorithm}.`,
    )
  }
  if (way.exactly !== undefined && Message.length !== way.exactly) {
    throw validationError(`Digest is invalid length for algorithm ${SigningAlgorithm}.`)
  }
  if (Message.length >= 1 && Message.length <= (way.atMost ?? Message.length)) return way
  throw validationError(
    "1 validation error detected: Value at 'message' failed to satisfy constraint: " +
      'Member must have length between 1 and 4096, inclusive',
  )
}

export async function sign(keys: KeyRing, input: Input): Promise<object> {
  const request = signInput.parse(input)
  const key = keys.find(request.KeyId)
  demandUse(key, 'SIGN_VERIFY', 'Sign')
  const signature = wayFor(key, request).sign(await keys.privateKey(key), request.Message)
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
  const { Message, Signature } = request
  if (!wayFor(key, request).verify(await keys.privateKey(key), Message, Signature)) {
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
