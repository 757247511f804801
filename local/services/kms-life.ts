import { z } from 'zod'
import type { LocalKmsKey } from '../template.ts'
import type { KeyRing } from './kms-keys.ts'
import { signingAlgorithms } from './kms-signature.ts'
import { AwsError, type AwsRequest } from './service.ts'

type Input = AwsRequest['input']

const tag = z.object({ TagKey: z.string(), TagValue: z.string() })

const createInput = z.object({
  KeySpec: z.string().default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.string().default('ENCRYPT_DECRYPT'),
  Tags: z.array(tag).default([]),
})

const named = z.object({ KeyId: z.string() })

const deletionInput = named.extend({
  PendingWindowInDays: z.number().int().min(7).max(30).default(30),
})

/** What a request to make a key asks for, as far as policies may judge it. */
export function requestedKey(input: Input) {
  const { KeySpec, KeyUsage, Tags } = createInput.parse(input)
  const tags = Object.fromEntries(Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]))
  return { keySpec: KeySpec, keyUsage: KeyUsage, tags }
}

function metadataOf(keys: KeyRing, key: LocalKmsKey) {
  const isSymmetric = key.keySpec === 'SYMMETRIC_DEFAULT'
  const deletion = keys.deletionOf(key)
  return {
    AWSAccountId: key.arn.split(':')[4],
    Arn: key.arn,
    CustomerMasterKeySpec: key.keySpec,
    ...(deletion !== undefined && { DeletionDate: deletion / 1000 }),
    Enabled: deletion === undefined,
    EncryptionAlgorithms: isSymmetric ? ['SYMMETRIC_DEFAULT'] : undefined,
    KeyId: key.keyId,
    KeyManager: 'CUSTOMER',
    KeySpec: key.keySpec,
    KeyState: deletion === undefined ? 'Enabled' : 'PendingDeletion',
    KeyUsage: key.keyUsage,
    MultiRegion: key.keyId.startsWith('mrk-'),
    Origin: 'AWS_KMS',
    SigningAlgorithms: isSymmetric ? undefined : signingAlgorithms(key),
  }
}

export async function describeKey(keys: KeyRing, input: Input): Promise<object> {
  return { KeyMetadata: metadataOf(keys, keys.find(named.parse(input).KeyId)) }
}

export async function createKey(keys: KeyRing, input: Input): Promise<object> {
  return { KeyMetadata: metadataOf(keys, keys.make(requestedKey(input))) }
}

const day = 24 * 60 * 60 * 1000

export async function scheduleKeyDeletion(keys: KeyRing, input: Input): Promise<object> {
  const { KeyId, PendingWindowInDays } = deletionInput.parse(input)
  const key = keys.find(KeyId)
  const deletion = Date.now() + PendingWindowInDays * day
  keys.scheduleDeletion(key, deletion)
  return {
    KeyId: key.arn,
    DeletionDate: deletion / 1000,
    KeyState: 'PendingDeletion',
    PendingWindowInDays,
  }
}

/** @throws AwsError `KMSInvalidStateException` for a key that waits for its deletion */
export function demandUsable(keys: KeyRing, key: LocalKmsKey): void {
  if (keys.deletionOf(key) === undefined) return
  throw new AwsError('KMSInvalidStateException', `${key.arn} is pending deletion.`)
}
