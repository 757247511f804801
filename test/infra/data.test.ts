import { expect, test } from 'vitest'
import { ofType, synthesize, theOnly } from './synthesis.ts'

const { data, stacks } = synthesize()
const table = theOnly(data, 'AWS::DynamoDB::GlobalTable')
const keys = ofType(data, 'AWS::KMS::Key').map(
  ([id, key]) => [id.replace(/[0-9A-F]{8}$/, ''), key] as const,
)
const stateful = [['Table', table] as const, ...keys]

test.each(stateful)('Stateful resources are retained: %s', (_, resource) => {
  expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
})

test('Stateful resources are protected from deletion', () => {
  expect(stacks.data.terminationProtection).toBe(true)
  expect(table.Properties).toMatchObject({ Replicas: [{ DeletionProtectionEnabled: true }] })
  for (const [, { Properties }] of keys) expect(Properties['PendingWindowInDays']).toBe(30)
})

test('The table is on demand, recoverable to any second, streamed, and expires by expiresAt', () => {
  expect(table.Properties).toMatchObject({
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  })
  expect(table.Properties).not.toHaveProperty('GlobalSecondaryIndexes')
})

test('The table is encrypted under a key of its own', () => {
  expect(table.Properties).toMatchObject({
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    Replicas: [{ SSESpecification: { KMSMasterKeyId: expect.objectContaining({}) } }],
  })
  expect(JSON.stringify(table.Properties['Replicas'])).toContain('TableKey')
})

test("Only principals of the account use the table's key, and only through DynamoDB", () => {
  const policy = keys.find(([name]) => name === 'TableKey')?.[1].Properties['KeyPolicy']
  expect(policy).toMatchObject({
    Statement: [
      { Action: 'kms:*', Principal: { AWS: expect.not.stringMatching(/^\*$/) } },
      {
        Principal: { AWS: '*' },
        Condition: {
          StringEquals: {
            'kms:CallerAccount': { Ref: 'AWS::AccountId' },
            'kms:ViaService': {
              'Fn::Join': ['', ['dynamodb.', { Ref: 'AWS::Region' }, '.amazonaws.com']],
            },
          },
        },
      },
    ],
  })
})

test.each(['WrappingKey', 'SigningKey'])('The policy of the key delegates to IAM: %s', (name) => {
  const key = keys.find(([found]) => found === name)?.[1]
  expect(key?.Properties).toMatchObject({
    KeyPolicy: { Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] },
    MultiRegion: true,
  })
  expect(JSON.stringify(key)).toContain(':root')
})

test('The signing key signs with RSA 2048; the symmetric keys rotate', () => {
  expect(Object.fromEntries(keys)).toMatchObject({
    SigningKey: { Properties: { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' } },
    TableKey: { Properties: { EnableKeyRotation: true } },
    WrappingKey: { Properties: { EnableKeyRotation: true } },
  })
})
