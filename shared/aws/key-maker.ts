import { createPublicKey } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import {
  CreateKeyCommand,
  type DataKeyPairSpec,
  GenerateDataKeyCommand,
  GenerateDataKeyPairWithoutPlaintextCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetPublicKeyCommand,
  KMSInvalidStateException,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms'
import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { thumbprintOf } from '#shared/jose/public-jwk.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import { signingTag, tenantTag } from '#shared/keys/key-tags.ts'
import type { SealingKind } from '#shared/keys/sealing-key.ts'
import { custodyFor, type SigningKey } from '#shared/keys/signing-key.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { DeclaredKey, KeyMaker } from '#shared/ports/key-maker.ts'
import type { Random } from '#shared/ports/random.ts'
import { asking, type EncryptionContext, given, type Kms } from './kms.ts'
import { kmsSchemes } from './kms-signature.ts'
import { privateKeyOf } from './wrapped-signature.ts'

interface Parts {
  readonly kms: Kms
  readonly clock: Clock
  readonly random: Random
}

type KmsAlgorithm = keyof typeof kmsSchemes

const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')

async function makeSealingKey({ kms, clock, random }: Parts, kind: SealingKind) {
  const id = random.id()
  const command = new GenerateDataKeyWithoutPlaintextCommand({
    KeyId: kms.wrappingKeyArn,
    KeySpec: 'AES_256',
    EncryptionContext: { kind, id },
  })
  const { CiphertextBlob } = await asking(kms.client.send(command))
  return { kind, id, wrapped: given(CiphertextBlob, 'CiphertextBlob'), createdAt: clock.now() }
}

type PairMaker = (
  kms: Kms,
  context: EncryptionContext,
) => Promise<{ readonly publicKey: string; readonly wrappedPrivateKey: Uint8Array }>

const pairOf =
  (keyPairSpec: DataKeyPairSpec): PairMaker =>
  async ({ client, wrappingKeyArn }, context) => {
    const command = new GenerateDataKeyPairWithoutPlaintextCommand({
      KeyId: wrappingKeyArn,
      KeyPairSpec: keyPairSpec,
      EncryptionContext: { ...context },
    })
    const pair = await asking(client.send(command))
    return {
      publicKey: base64(given(pair.PublicKey, 'PublicKey')),
      wrappedPrivateKey: given(pair.PrivateKeyCiphertextBlob, 'PrivateKeyCiphertextBlob'),
    }
  }

/** KMS makes no wrapped pairs of ML-DSA; it draws the seed, and the public key is derived here. */
const seededPair: PairMaker = async ({ client, wrappingKeyArn }, context) => {
  const command = new GenerateDataKeyCommand({
    KeyId: wrappingKeyArn,
    KeySpec: 'AES_256',
    EncryptionContext: { ...context },
  })
  const { Plaintext: plaintext, CiphertextBlob } = await asking(client.send(command))
  const seed = given(plaintext, 'Plaintext')
  try {
    const publicKey = createPublicKey(privateKeyOf('ML-DSA-44', Buffer.from(seed)))
    return {
      publicKey: base64(publicKey.export({ format: 'der', type: 'spki' })),
      wrappedPrivateKey: given(CiphertextBlob, 'CiphertextBlob'),
    }
  } finally {
    seed.fill(0)
  }
}

const pairMakers: Readonly<Record<SigningAlgorithm, PairMaker>> = {
  RS256: pairOf('RSA_2048'),
  PS256: pairOf('RSA_2048'),
  ES256: pairOf('ECC_NIST_P256'),
  EdDSA: pairOf('ECC_NIST_EDWARDS25519'),
  'ML-DSA-44': seededPair,
}

/** Its `kid` is drawn, not a thumbprint: the encryption context names it before the key pair exists. */
async function makeWrappedPair(
  { kms, clock, random }: Parts,
  tenant: TenantId,
  algorithm: SigningAlgorithm,
): Promise<SigningKey> {
  const kid = random.id()
  const now = clock.now()
  const pair = await pairMakers[algorithm](kms, { kind: 'signing', tenant, id: kid })
  const facts = {
    tenant,
    kid,
    algorithm,
    state: 'pending',
    createdAt: now,
    stateSince: now,
  } as const
  return { ...facts, ...pair, custody: 'kms-wrapped' }
}

/** Its tags are what roles are allowed by, and tell the operator whose key it is. */
async function makeKmsKey(
  parts: Parts,
  tenant: TenantId,
  algorithm: KmsAlgorithm,
): Promise<SigningKey> {
  const command = new CreateKeyCommand({
    Description: `Signs the tokens of the tenant ${tenant} of Sallyport`,
    KeySpec: kmsSchemes[algorithm].keySpec,
    KeyUsage: 'SIGN_VERIFY',
    MultiRegion: true,
    Tags: [
      { TagKey: signingTag, TagValue: 'true' },
      { TagKey: tenantTag, TagValue: tenant },
    ],
  })
  const { KeyMetadata: made } = await asking(parts.kms.client.send(command))
  return pendingKmsKey(parts, tenant, algorithm, given(made?.Arn, 'KeyMetadata.Arn'))
}

/** Tries again while KMS has not heard everywhere of a key that it has just made. */
async function whenKnown<Answer>(ask: () => Promise<Answer>, tries = 5): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    const isNew = error instanceof Error && error.name === 'NotFoundException'
    if (!isNew || tries === 1) throw error
    await setTimeout(1000)
    return whenKnown(ask, tries - 1)
  }
}

/** @spec https://www.rfc-editor.org/rfc/rfc7638#section-3 `kid` is the thumbprint */
async function pendingKmsKey(
  { kms, clock }: Parts,
  tenant: TenantId,
  algorithm: KmsAlgorithm,
  keyArn: string,
) {
  const command = new GetPublicKeyCommand({ KeyId: keyArn })
  const { PublicKey: spki } = await whenKnown(() => asking(kms.client.send(command)))
  const publicKey = base64(given(spki, 'PublicKey'))
  const now = clock.now()
  return {
    tenant,
    kid: thumbprintOf(publicKey),
    algorithm,
    state: 'pending',
    publicKey,
    createdAt: now,
    stateSince: now,
    custody: 'kms',
    keyArn,
  } as const
}

/** A key of the stack stays with the stack; one that waits for its deletion already may go on waiting. */
async function discard({ kms }: Parts, key: SigningKey): Promise<void> {
  if (key.custody !== 'kms' || key.isDeclared) return
  const command = new ScheduleKeyDeletionCommand({ KeyId: key.keyArn, PendingWindowInDays: 30 })
  try {
    await asking(kms.client.send(command))
  } catch (error) {
    if (!(error instanceof KMSInvalidStateException)) throw error
  }
}

export const kmsKeyMaker = (parts: Parts): KeyMaker => ({
  createSealingKey: (kind) => makeSealingKey(parts, kind),
  createSigningKey: (tenant, algorithm, custody) =>
    algorithm === 'EdDSA' || custodyFor(algorithm, custody) === 'kms-wrapped'
      ? makeWrappedPair(parts, tenant, algorithm)
      : makeKmsKey(parts, tenant, algorithm),
  discard: (key) => discard(parts, key),
})

/** @param keyArn the stack's RSA_2048 key for signing and verifying */
export const declaredKmsKey = (parts: Parts, keyArn: string): DeclaredKey => ({
  adopt: async (tenant, algorithm) => ({
    ...(await pendingKmsKey(parts, tenant, algorithm, keyArn)),
    isDeclared: true,
  }),
})
