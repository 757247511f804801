import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalKmsKey } from '../template.ts'
import {
  decrypt,
  decryptingKey,
  encrypt,
  generateDataKey,
  generateDataKeyPairWithoutPlaintext,
  generateDataKeyWithoutPlaintext,
} from './kms-encryption.ts'
import { createKeyRing, type KeyFacts, type KeyRing } from './kms-keys.ts'
import {
  createKey,
  demandUsable,
  describeKey,
  requestedKey,
  scheduleKeyDeletion,
} from './kms-life.ts'
import { getPublicKey, sign, verify } from './kms-signature.ts'
import {
  type AwsRequest,
  type ContextValues,
  jsonResponse,
  type LocalService,
  type Question,
  unknownOperation,
} from './service.ts'

type Operation = (keys: KeyRing, input: AwsRequest['input']) => Promise<object>

const named = z.object({ KeyId: z.string() })

const operations: Readonly<Record<string, Operation>> = {
  CreateKey: createKey,
  Decrypt: decrypt,
  DescribeKey: describeKey,
  Encrypt: encrypt,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyPairWithoutPlaintext: generateDataKeyPairWithoutPlaintext,
  GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
  GetPublicKey: getPublicKey,
  ScheduleKeyDeletion: scheduleKeyDeletion,
  Sign: sign,
  Verify: verify,
}

const conditionKeys = [
  'aws:RequestTag/*',
  'aws:ResourceTag/*',
  'aws:TagKeys',
  'kms:CallerAccount',
  'kms:DataKeyPairSpec',
  'kms:EncryptionContext:*',
  'kms:EncryptionContextKeys',
  'kms:KeySpec',
  'kms:KeyUsage',
  'kms:MessageType',
  'kms:RequestAlias',
  'kms:ResourceAliases',
  'kms:ScheduleKeyDeletionPendingWindowInDays',
  'kms:SigningAlgorithm',
  'kms:ViaService',
]

const described = z.object({
  KeyId: z.string().optional(),
  EncryptionContext: z.record(z.string(), z.string()).default({}),
  KeyPairSpec: z.string().optional(),
  MessageType: z.string().optional(),
  PendingWindowInDays: z.number().optional(),
  SigningAlgorithm: z.string().optional(),
})

const tagValues = (prefix: string, tags: Readonly<Record<string, string>>): ContextValues =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${prefix}/${name}`, value]))

/** @spec https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
function contextOf(key: LocalKmsKey, { action, input }: AwsRequest): ContextValues {
  const request = described.parse(input)
  const signs = action === 'Sign' || action === 'Verify'
  const pairs = Object.entries(request.EncryptionContext)
  return {
    ...tagValues('aws:ResourceTag', key.tags),
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
    'kms:EncryptionContextKeys': pairs.map(([name]) => name),
    'kms:CallerAccount': key.arn.split(':')[4],
    'kms:DataKeyPairSpec': request.KeyPairSpec,
    'kms:KeySpec': key.keySpec,
    'kms:KeyUsage': key.keyUsage,
    'kms:MessageType': signs ? (request.MessageType ?? 'RAW') : undefined,
    'kms:RequestAlias': /alias\/.*$/.exec(request.KeyId ?? '')?.[0],
    'kms:ResourceAliases': key.aliases,
    'kms:ScheduleKeyDeletionPendingWindowInDays':
      action === 'ScheduleKeyDeletion' ? String(request.PendingWindowInDays ?? 30) : undefined,
    'kms:SigningAlgorithm': request.SigningAlgorithm,
  }
}

/**
 * A key that is still to be made has no policy; whoever gives it tags needs to be allowed that too.
 *
 * @spec https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html
 */
function creationQuestions(
  { region, accountId }: KeyFacts,
  { input }: AwsRequest,
): readonly Question[] {
  const { keySpec, keyUsage, tags } = requestedKey(input)
  const context = {
    ...tagValues('aws:RequestTag', tags),
    'aws:TagKeys': Object.keys(tags),
    'kms:CallerAccount': accountId,
    'kms:KeySpec': keySpec,
    'kms:KeyUsage': keyUsage,
  }
  const resource = `arn:aws:kms:${region}:${accountId}:key/*`
  const create = { action: 'kms:CreateKey', resource: '*', context }
  const isTagged = Object.keys(tags).length > 0
  return isTagged ? [create, { action: 'kms:TagResource', resource, context }] : [create]
}

function questionsOf(system: KeyFacts, keys: KeyRing, request: AwsRequest): readonly Question[] {
  if (!Object.hasOwn(operations, request.action)) throw unknownOperation(request.action)
  if (request.action === 'CreateKey') return creationQuestions(system, request)
  const key =
    request.action === 'Decrypt'
      ? decryptingKey(keys, request.input)
      : keys.find(named.parse(request.input).KeyId)
  return [
    {
      action: `kms:${request.action}`,
      resource: key.arn,
      context: contextOf(key, request),
      keyPolicy: key.policy,
    },
  ]
}

function demandUsableKey(keys: KeyRing, input: AwsRequest['input']): void {
  const { KeyId } = described.parse(input)
  if (KeyId !== undefined) demandUsable(keys, keys.find(KeyId))
}

/** KMS with the template's keys and those made since: their material is made here. */
export function createKms(system: KeyFacts, dataDirectory?: string): LocalService {
  const keys = createKeyRing(system, dataDirectory)
  return {
    name: 'kms',
    conditionKeys,
    questions: (request) => questionsOf(system, keys, request),
    async serve({ action, input }) {
      const operation = ownEntry(operations, action)
      if (!operation) throw unknownOperation(action)
      if (action !== 'DescribeKey') demandUsableKey(keys, input)
      return jsonResponse(await operation(keys, input))
    },
    close: async () => undefined,
  }
}
