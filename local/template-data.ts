import { z } from 'zod'
import type { PolicyStatement } from './iam.ts'
import { parseKeyPolicy } from './policy-document.ts'
import { type Declared, ofType } from './template-resources.ts'

const keyElement = z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })

const index = z.object({
  IndexName: z.string(),
  KeySchema: z.array(keyElement),
  Projection: z.object({
    ProjectionType: z.string(),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
})

const encryption = z.object({ KMSMasterKeyId: z.string().optional() }).optional()

const tableSchema = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: z.array(keyElement),
  GlobalSecondaryIndexes: z.array(index).default([]),
  LocalSecondaryIndexes: z.array(index).default([]),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
  DeletionProtectionEnabled: z.boolean().default(false),
  SSESpecification: encryption,
  Replicas: z
    .array(
      z.object({
        SSESpecification: encryption,
        DeletionProtectionEnabled: z.boolean().default(false),
      }),
    )
    .default([]),
})

type TableProperties = z.infer<typeof tableSchema>

/** Members in capitals are as the DynamoDB API spells them. */
export interface LocalTable
  extends Readonly<
    Pick<
      TableProperties,
      'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes' | 'LocalSecondaryIndexes'
    >
  > {
  readonly name: string
  readonly arn: string
  readonly ttlAttribute: string | undefined
  readonly streamViewType: string | undefined
  /** Absent without a stream. */
  readonly streamArn: string | undefined
  readonly deletionProtection: boolean
  /** A customer managed key; who uses the table needs `kms:Decrypt` on it. */
  readonly kmsKeyArn: string | undefined
}

function tableOf(each: Declared): LocalTable {
  const { TimeToLiveSpecification: ttl, Replicas, ...properties } = each.read(tableSchema)
  const [home = properties] = Replicas
  return {
    name: each.ref(),
    arn: each.attribute('Arn'),
    AttributeDefinitions: properties.AttributeDefinitions,
    KeySchema: properties.KeySchema,
    GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes,
    LocalSecondaryIndexes: properties.LocalSecondaryIndexes,
    ttlAttribute: ttl?.Enabled ? ttl.AttributeName : undefined,
    streamViewType: properties.StreamSpecification?.StreamViewType,
    streamArn: properties.StreamSpecification && each.attribute('StreamArn'),
    deletionProtection: home.DeletionProtectionEnabled,
    kmsKeyArn: home.SSESpecification?.KMSMasterKeyId,
  }
}

/** Tables and global tables; of a global table, its first replica is the one at home. */
export const readTables = (all: readonly Declared[]): readonly LocalTable[] =>
  ofType(all, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(tableOf)

export interface LocalKmsKey {
  readonly logicalId: string
  readonly keyId: string
  readonly arn: string
  readonly keySpec: string
  readonly keyUsage: string
  /** With their prefix, `alias/name`. */
  readonly aliases: readonly string[]
  readonly tags: Readonly<Record<string, string>>
  readonly policy: readonly PolicyStatement[]
}

const keySchema = z.object({
  KeySpec: z.string().default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.string().default('ENCRYPT_DECRYPT'),
  KeyPolicy: z.unknown(),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
})

const aliasSchema = z.object({ TargetKeyId: z.string() })

/** @spec https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
export const defaultKeyPolicy = (arn: string) => ({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: arn.split(':')[4] ?? '' },
    Action: 'kms:*',
    Resource: '*',
  },
})

export function readKmsKeys(all: readonly Declared[]): readonly LocalKmsKey[] {
  const aliases = ofType(all, 'AWS::KMS::Alias').map((each) => ({
    name: each.ref(),
    target: each.read(aliasSchema).TargetKeyId,
  }))
  return ofType(all, 'AWS::KMS::Key').map((each) => {
    const { KeySpec, KeyUsage, KeyPolicy, Tags } = each.read(keySchema)
    const arn = each.attribute('Arn')
    const keyId = each.ref()
    return {
      logicalId: each.logicalId,
      keyId,
      arn,
      keySpec: KeySpec,
      keyUsage: KeyUsage,
      aliases: aliases.filter(({ target }) => [arn, keyId].includes(target)).map((a) => a.name),
      tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
      policy: parseKeyPolicy(KeyPolicy ?? defaultKeyPolicy(arn), each.logicalId),
    }
  })
}
