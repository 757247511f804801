import {
  GenerateDataKeyPairWithoutPlaintextCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetPublicKeyCommand,
} from '@aws-sdk/client-kms'
import { thumbprintOf } from '#shared/jose/public-jwk.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { SealingKind } from '#shared/keys/sealing-key.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { KeyMaker } from '#shared/ports/key-maker.ts'
import type { Random } from '#shared/ports/random.ts'
import { asking, given, type Kms } from './kms.ts'

interface Parts {
  readonly kms: Kms
  /** The deployment's RSA_2048 key for signing and verifying; one tenant at most can have it. */
  readonly signingKeyArn: string
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
    state: 'active',
    publicKey: base64(given(pair.PublicKey, 'PublicKey')),
    createdAt: clock.now(),
    custody: 'kms-wrapped',
    wrappedPrivateKey: given(pair.PrivateKeyCiphertextBlob, 'PrivateKeyCiphertextBlob'),
  }
}

/** @spec https://www.rfc-editor.org/rfc/rfc7638#section-3 `kid` is the thumbprint */
async function adoptDeclaredKey(parts: Parts, tenant: TenantId): Promise<SigningKey> {
  const command = new GetPublicKeyCommand({ KeyId: parts.signingKeyArn })
  const { PublicKey: spki } = await asking(parts.kms.client.send(command))
  const publicKey = base64(given(spki, 'PublicKey'))
  return {
    tenant,
    kid: thumbprintOf(publicKey),
    algorithm: 'RS256',
    state: 'active',
    publicKey,
    createdAt: parts.clock.now(),
    custody: 'kms',
    keyArn: parts.signingKeyArn,
  }
}

export const kmsKeyMaker = (parts: Parts): KeyMaker => ({
  createSealingKey: (kind) => makeSealingKey(parts, kind),
  createSigningKey: (tenant, custody) =>
    custody === 'kms' ? adoptDeclaredKey(parts, tenant) : makeWrappedPair(parts, tenant),
})
