import { expect, test } from 'vitest'
import { key } from '#shared/store/keys.ts'
import { type AccessWord, accessWords, allowancesOf, type ResourceArns } from './access.ts'

const arns: ResourceArns = {
  table: 'arn:aws:dynamodb:eu-west-1:123456789012:table/sallyport',
  wrappingKey: 'arn:aws:kms:eu-west-1:123456789012:key/wrapping',
  signingKey: 'arn:aws:kms:eu-west-1:123456789012:key/signing',
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
  ['families:open', ['PutItem'], 'FAMILY#*'],
  ['families:rotate', ['UpdateItem'], 'FAMILY#*'],
  ['families:revoke', ['UpdateItem'], 'FAMILY#*'],
  ['client-assertions:use', ['PutItem'], 'ASSERTION#*'],
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

test.each(['code', 'interaction', 'refresh', 'handle'] as const)(
  'sealing-key:%s lists and unwraps keys of this kind alone',
  (kind) => {
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
  },
)

test('signing-key:sign signs digests with RS256 on the declared key', () => {
  expect(allowancesOf('signing-key:sign', arns)).toEqual([
    {
      sid: 'SigningKeySign',
      actions: ['kms:Sign'],
      resources: [arns.signingKey],
      conditions: {
        StringEquals: {
          'kms:MessageType': 'DIGEST',
          'kms:SigningAlgorithm': 'RSASSA_PKCS1_V1_5_SHA_256',
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
