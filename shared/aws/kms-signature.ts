import { createHash } from 'node:crypto'
import {
  type KeySpec,
  type MessageType,
  SignCommand,
  type SigningAlgorithmSpec,
} from '@aws-sdk/client-kms'
import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { es256Signature } from '#shared/jose/ecdsa-signature.ts'
import { mlDsa44Representative } from '#shared/jose/ml-dsa.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import { asking, given, type Kms } from './kms.ts'

type KmsKey = Extract<SigningKey, { readonly custody: 'kms' }>

/** How KMS is asked for a signature of which it never sees the message. */
interface KmsScheme {
  readonly keySpec: KeySpec
  readonly signingAlgorithm: SigningAlgorithmSpec
  readonly messageType: MessageType
  /** What stands for the message. */
  readonly digest: (key: KmsKey, input: string) => Uint8Array
  /** The signature as JOSE has it. */
  readonly toJose: (signature: Uint8Array) => Uint8Array
}

const sha256 = {
  messageType: 'DIGEST',
  digest: (_key: KmsKey, input: string) => createHash('sha256').update(input).digest(),
  toJose: (signature: Uint8Array) => signature,
} as const

/** @spec https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
export const kmsSchemes: Readonly<Record<Exclude<SigningAlgorithm, 'EdDSA'>, KmsScheme>> = {
  RS256: { ...sha256, keySpec: 'RSA_2048', signingAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256' },
  PS256: { ...sha256, keySpec: 'RSA_2048', signingAlgorithm: 'RSASSA_PSS_SHA_256' },
  ES256: {
    ...sha256,
    keySpec: 'ECC_NIST_P256',
    signingAlgorithm: 'ECDSA_SHA_256',
    toJose: es256Signature,
  },
  'ML-DSA-44': {
    keySpec: 'ML_DSA_44',
    signingAlgorithm: 'ML_DSA_SHAKE_256',
    messageType: 'EXTERNAL_MU',
    digest: ({ publicKey }, input) => mlDsa44Representative(publicKey, input),
    toJose: (signature) => signature,
  },
}

/** KMS gets a digest: the payload stays here, and its size does not matter. */
export async function signInKms({ client }: Kms, key: KmsKey, input: string): Promise<Uint8Array> {
  if (key.algorithm === 'EdDSA') throw new Error('no EdDSA key is kept in KMS')
  const { digest, messageType, signingAlgorithm, toJose } = kmsSchemes[key.algorithm]
  const command = new SignCommand({
    KeyId: key.keyArn,
    Message: digest(key, input),
    MessageType: messageType,
    SigningAlgorithm: signingAlgorithm,
  })
  const { Signature: signature } = await asking(client.send(command))
  return toJose(given(signature, 'Signature'))
}
