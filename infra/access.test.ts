import { expect, test } from 'vitest'
import { sealingKinds } from '#shared/keys/sealing-key.ts'
import { key } from '#shared/store/keys.ts'
import { type AccessWord, accessWords, allowancesOf, type ResourceArns } from './access.ts'

const arns: ResourceArns = {
  table: 'arn:aws:dynamodb:eu-west-1:123456789012:table/sallyport',
  tableStream: 'arn:aws:dynamodb:eu-west-1:123456789012:table/sallyport/stream/2026-01-01',
  tableStreams: 'arn:aws:dynamodb:eu-west-1:123456789012:table/sallyport/stream/*',
  wrappingKey: 'arn:aws:kms:eu-west-1:123456789012:key/wrapping',
  kmsKeys: 'arn:aws:kms:eu-west-1:123456789012:key/*',
  anything: '*',
  auditDelivery: 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/audit',
  undelivered: 'arn:aws:sqs:eu-west-1:123456789012:undelivered',
  noticeQueue: 'arn:aws:sqs:eu-west-1:123456789012:notices',
  mailIdentities: 'arn:aws:ses:eu-west-1:123456789012:identity/*',
}

const inPartition = (form: string) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [form] },
  Null: { 'dynamodb:LeadingKeys': 'false' },
})

/** Word, actions on the table, partition keys. */
const onTable: readonly (readonly [AccessWord, readonly string[], string])[] = [
  ['tenants:read', ['GetItem'], 'TENANT#*'],
  ['clients:read', ['GetItem'], 'CLIENT#*'],
  ['users:read', ['GetItem'], 'USER#*'],
  ['user-names:read', ['GetItem'], 'USERNAME#*'],
  ['passwords:read', ['GetItem'], 'PASSWORD#*'],
  ['failed-passwords:count', ['BatchGetItem', 'UpdateItem'], 'FAILEDPASSWORD#*'],
  ['memberships:read', ['Query'], 'MEMBERSHIP#*'],
  ['sessions:read', ['GetItem'], 'SESSION#*'],
  ['sessions:open', ['PutItem'], 'SESSION#*'],
  ['sessions:end', ['UpdateItem'], 'SESSION#*'],
  ['consents:read', ['GetItem'], 'CONSENT#*'],
  ['consents:grant', ['UpdateItem'], 'CONSENT#*'],
  ['families:read', ['GetItem'], 'FAMILY#*'],
  ['families:list', ['Query'], 'FAMILY#*'],
  ['families:open', ['PutItem'], 'FAMILY#*'],
  ['families:rotate', ['UpdateItem'], 'FAMILY#*'],
  ['families:revoke', ['UpdateItem'], 'FAMILY#*'],
  ['client-assertions:use', ['PutItem'], 'ASSERTION#*'],
  ['devices:read', ['GetItem'], 'DEVICE#*'],
  ['devices:open', ['PutItem'], 'DEVICE#*'],
  ['devices:poll', ['UpdateItem'], 'DEVICE#*'],
  ['devices:answer', ['UpdateItem'], 'DEVICE#*'],
  ['backchannel:read', ['GetItem'], 'BACKCHANNEL#*'],
  ['backchannel:list', ['Query'], 'BACKCHANNEL#*'],
  ['backchannel:open', ['PutItem'], 'BACKCHANNEL#*'],
  ['backchannel:poll', ['UpdateItem'], 'BACKCHANNEL#*'],
  ['backchannel:answer', ['UpdateItem'], 'BACKCHANNEL#*'],
  ['attempts:count', ['BatchGetItem', 'UpdateItem'], 'ATTEMPT#*'],
  ['proofs:use', ['PutItem'], 'PROOF#*'],
  ['outbox:put', ['PutItem'], 'OUTBOX#*'],
  ['signing-keys:read', ['Query'], 'SIGNINGKEY#*'],
]

test.each(onTable)('%s allows %j on %s', (word, actions, form) => {
  expect(allowancesOf(word, arns)).toEqual([
    {
      sid: expect.stringMatching(/^[A-Za-z]+$/),
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [arns.table],
      conditions: inPartition(form),
    },
  ])
})

test.each(sealingKinds)('sealing-key:%s lists and unwraps keys of this kind alone', (kind) => {
  const [listing, unwrapping, ...more] = allowancesOf(`sealing-key:${kind}`, arns)
  expect(more).toEqual([])
  expect(listing).toMatchObject({
    actions: ['dynamodb:Query'],
    resources: [arns.table],
    conditions: inPartition(`SEALINGKEY#${kind}`),
  })
  expect(unwrapping).toMatchObject({
    actions: ['kms:Decrypt'],
    resources: [arns.wrappingKey],
    conditions: { StringEquals: { 'kms:EncryptionContext:kind': kind } },
  })
})

test('signing-key:sign signs digests, with the algorithms we publish and the keys that are tagged for it', () => {
  expect(allowancesOf('signing-key:sign', arns)).toEqual([
    {
      sid: 'SigningKeySign',
      actions: ['kms:Sign'],
      resources: [arns.kmsKeys],
      conditions: {
        StringEquals: {
          'aws:ResourceTag/sallyport:signing': 'true',
          'kms:MessageType': ['DIGEST', 'EXTERNAL_MU'],
          'kms:SigningAlgorithm': [
            'RSASSA_PKCS1_V1_5_SHA_256',
            'RSASSA_PSS_SHA_256',
            'ECDSA_SHA_256',
            'ML_DSA_SHAKE_256',
          ],
        },
      },
    },
  ])
})

test('signing-key:unwrap decrypts private signing keys alone', () => {
  expect(allowancesOf('signing-key:unwrap', arns)).toEqual([
    {
      sid: 'SigningKeyUnwrap',
      actions: ['kms:Decrypt'],
      resources: [arns.wrappingKey],
      conditions: { StringEquals: { 'kms:EncryptionContext:kind': 'signing' } },
    },
  ])
})

test.each([
  ['audit-log:deliver', 'firehose:PutRecordBatch', arns.auditDelivery],
  ['undelivered:send', 'sqs:SendMessage', arns.undelivered],
  ['notice-queue:send', 'sqs:SendMessage', arns.noticeQueue],
] as const)('%s allows %s alone', (word, action, arn) => {
  expect(allowancesOf(word, arns)).toMatchObject([{ actions: [action], resources: [arn] }])
})

test('notice-queue:receive empties the queue, and adds nothing to it', () => {
  expect(allowancesOf('notice-queue:receive', arns)).toMatchObject([
    {
      actions: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ChangeMessageVisibility',
      ],
      resources: [arns.noticeQueue],
    },
  ])
})

test('table-stream:read reads the stream, not the table', () => {
  const allowances = allowancesOf('table-stream:read', arns)
  expect(allowances.flatMap(({ resources }) => resources)).toEqual([
    arns.tableStream,
    arns.tableStreams,
  ])
  expect(allowances.flatMap(({ actions }) => actions).toSorted()).toEqual([
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
  ])
})

test('A word whose resource the stack does not know is refused', () => {
  expect(() => allowancesOf('tenants:read', {})).toThrow('table')
})

test('signing-keys:rotate makes signing keys alone, and discards only what a rotation has made', () => {
  const kms = allowancesOf('signing-keys:rotate', arns).filter(({ actions }) =>
    actions.some((action) => action.startsWith('kms:')),
  )
  expect(kms).toMatchObject([
    {
      actions: ['kms:GenerateDataKeyPairWithoutPlaintext'],
      resources: [arns.wrappingKey],
      conditions: { StringEquals: { 'kms:EncryptionContext:kind': 'signing' } },
    },
    {
      actions: ['kms:GenerateDataKey'],
      resources: [arns.wrappingKey],
      conditions: { StringEquals: { 'kms:EncryptionContext:kind': 'signing' } },
    },
    {
      actions: ['kms:CreateKey'],
      conditions: {
        StringEquals: {
          'aws:RequestTag/sallyport:signing': 'true',
          'kms:KeySpec': ['RSA_2048', 'ECC_NIST_P256', 'ML_DSA_44'],
          'kms:KeyUsage': 'SIGN_VERIFY',
        },
      },
    },
    {
      actions: ['kms:TagResource'],
      conditions: { StringEquals: { 'aws:RequestTag/sallyport:signing': 'true' } },
    },
    { actions: ['kms:GetPublicKey'], conditions: {} },
    {
      actions: ['kms:ScheduleKeyDeletion'],
      conditions: {
        StringLike: { 'aws:ResourceTag/sallyport:tenant': '*' },
        NumericEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' },
      },
    },
  ])
})

test('sealing-keys:rotate makes sealing keys that nobody has seen', () => {
  expect(allowancesOf('sealing-keys:rotate', arns)).toMatchObject([
    {
      actions: ['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      conditions: inPartition('SEALINGKEY#*'),
    },
    {
      actions: ['kms:GenerateDataKeyWithoutPlaintext'],
      resources: [arns.wrappingKey],
      conditions: {
        StringEquals: {
          'kms:EncryptionContext:kind': sealingKinds,
        },
      },
    },
  ])
})

test('No two words share a Sid', () => {
  const sids = accessWords.flatMap((word) => allowancesOf(word, arns).map(({ sid }) => sid))
  expect(new Set(sids).size).toBe(sids.length)
})

test('Every partition key that a word names begins as a key shape of the table does', () => {
  const entities = Object.values(key).map(
    (shape) => /^[A-Z]+/.exec(Reflect.apply(shape, undefined, ['a', 'b', 'c']).pk)?.[0],
  )
  for (const [word, , form] of onTable) {
    expect(entities, word).toContain(form.split('#')[0])
  }
})
