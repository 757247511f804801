import { setTimeout } from 'node:timers/promises'
import {
  CreateKeyCommand,
  GenerateDataKeyPairWithoutPlaintextCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetPublicKeyCommand,
  KMSInvalidStateException,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms'
import { thumbprintOf } from '#shared/jose/public-jwk.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import { signingTag, tenantTag } from '#shared/keys/key-tags.ts'
import type { SealingKind } from '#shared/keys/sealing-key.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { DeclaredKey, KeyMaker } from '#shared/ports/key-maker.ts'
import type { Random } from '#shared/ports/random.ts'
import { asking, given, type Kms } from './kms.ts'

interface Parts {
  readonly kms: Kms
  readonly clock: Clock
  readonly random: Random
}

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

/** Its `kid` is drawn, not a thumbprint: the encryption context names it before the key pair exists. */
async function makeWrappedPair(parts: Parts, tenant: TenantId): Promise<SigningKey> {
  const { kms, clock, random } = parts
  const kid = random.id()
  const now = clock.now()
  const command = new GenerateDataKeyPairWithoutPlaintextCommand({
    KeyId: kms.wrappingKeyArn,
    KeyPairSpec: 'RSA_2048',
    EncryptionContext: { kind: 'signing', tenant, id: kid },
  })
  const pair = await asking(kms.client.send(command))
  return {
    tenant,
    kid,
    algorithm: 'RS256',
    state: 'pending',
    publicKey: base64(given(pair.PublicKey, 'PublicKey')),
    createdAt: now,
    stateSince: now,
    custody: 'kms-wrapped',
    wrappedPrivateKey: given(pair.PrivateKeyCiphertextBlob, 'PrivateKeyCiphertextBlob'),
  }
}

/** Its tags are what roles are allowed by, and tell the operator whose key it is. */
async function makeKmsKey(parts: Parts, tenant: TenantId): Promise<SigningKey> {
  const command = new CreateKeyCommand({
    Description: `Signs the tokens of the tenant ${tenant} of Sallyport`,
    KeySpec: 'RSA_2048',
    KeyUsage: 'SIGN_VERIFY',
    MultiRegion: true,
    Tags: [
      { TagKey: signingTag, TagValue: 'true' },
      { TagKey: tenantTag, TagValue: tenant },
    ],
  })
  const { KeyMetadata: made } = await asking(parts.kms.client.send(command))
  return pendingKmsKey(parts, tenant, given(made?.Arn, 'KeyMetadata.Arn'))
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
async function pendingKmsKey({ kms, clock }: Parts, tenant: TenantId, keyArn: string) {
  const command = new GetPublicKeyCommand({ KeyId: keyArn })
  const { PublicKey: spki } = await whenKnown(() => asking(kms.client.send(command)))
  const publicKey = base64(given(spki, 'PublicKey'))
  const now = clock.now()
  return {
    tenant,
    kid: thumbprintOf(publicKey),
    algorithm: 'RS256',
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
  createSigningKey: (tenant, custody) =>
    custody === 'kms' ? makeKmsKey(parts, tenant) : makeWrappedPair(parts, tenant),
  discard: (key) => discard(parts, key),
})

/** @param keyArn the stack's RSA_2048 key for signing and verifying */
export const declaredKmsKey = (parts: Parts, keyArn: string): DeclaredKey => ({
  adopt: async (tenant) => ({
    ...(await pendingKmsKey(parts, tenant, keyArn)),
    isDeclared: true,
  }),
})
