import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { auditColumns, auditPartitions } from '#shared/audit/columns.ts'
import { auditEventsSql } from '#shared/audit/lake.ts'
import { ofType, type Resource, synthesize, theOnly } from './synthesis.ts'

const { audit, stacks } = synthesize()
const buckets = ofType(audit, 'AWS::S3::Bucket')
const [logId = '', log] = buckets.find(([id]) => id.startsWith('StorageLog')) ?? []
const delivery = theOnly(audit, 'AWS::KinesisFirehose::DeliveryStream')
const destination = delivery.Properties['ExtendedS3DestinationConfiguration']

const tableInput = z.looseObject({
  Name: z.string(),
  TableType: z.string(),
  Parameters: z.record(z.string(), z.unknown()),
  PartitionKeys: z.array(z.object({ Name: z.string(), Type: z.string() })).default([]),
  StorageDescriptor: z.looseObject({
    Columns: z.array(z.object({ Name: z.string(), Type: z.string() })),
  }),
  ViewOriginalText: z.string().optional(),
})

function glueTable(name: string) {
  const inputs = ofType(audit, 'AWS::Glue::Table').map(([, { Properties }]) =>
    tableInput.parse(Properties['TableInput']),
  )
  const found = inputs.find(({ Name }) => Name === name)
  if (!found) throw new Error(`No table ${name}`)
  return found
}

const columnsOf = (columns: readonly { Name: string; Type: string }[]) =>
  Object.fromEntries(columns.map(({ Name, Type }) => [Name, Type]))

test('The stack of the lake cannot be deleted by mistake', () => {
  expect(stacks.audit.terminationProtection).toBe(true)
})

test.each(buckets)('%s is retained, closed, encrypted, and reached by TLS alone', (id, bucket) => {
  expect(bucket).toMatchObject({
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
    },
  })
  const policy = ofType(audit, 'AWS::S3::BucketPolicy').find(([, { Properties }]) =>
    JSON.stringify(Properties['Bucket']).includes(id),
  )
  expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"')
})

test('What is in the log stays for a year, whoever would delete it', () => {
  expect(log?.Properties).toMatchObject({
    VersioningConfiguration: { Status: 'Enabled' },
    ObjectLockEnabled: true,
    ObjectLockConfiguration: {
      Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } },
    },
  })
})

test('Only Firehose may write to the log, and may delete nothing', () => {
  const roles: readonly (readonly [string, Resource])[] = ofType(audit, 'AWS::IAM::Role')
  expect(roles).toHaveLength(1)
  const text = JSON.stringify(roles)
  expect(text).toContain('"Service":"firehose.amazonaws.com"')
  expect(text).toContain('s3:PutObject')
  expect(text).not.toMatch(/s3:(Delete|Bypass|\*|PutObjectRetention)/)
})

test('Rows become Parquet below their day and bucket', () => {
  expect(destination).toMatchObject({
    BucketARN: { 'Fn::GetAtt': [logId, 'Arn'] },
    Prefix: 'audit/day=!{partitionKeyFromQuery:day}/bucket=!{partitionKeyFromQuery:bucket}/',
    DynamicPartitioningConfiguration: { Enabled: true },
    DataFormatConversionConfiguration: {
      Enabled: true,
      SchemaConfiguration: { DatabaseName: 'sallyport', TableName: 'audit_log' },
    },
    CloudWatchLoggingOptions: { Enabled: true },
  })
  expect(JSON.stringify(destination)).toContain('{day: .day, bucket: .bucket}')
})

test('Events are encrypted while they wait for their delivery', () => {
  expect(delivery.Properties).toMatchObject({
    DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
  })
})

test('The table has the columns of a row, and its partitions are computed', () => {
  const table = glueTable('audit_log')
  expect(columnsOf(table.StorageDescriptor.Columns)).toEqual(auditColumns)
  expect(columnsOf(table.PartitionKeys)).toEqual(auditPartitions)
  expect(table.Parameters).toMatchObject({
    'projection.enabled': 'true',
    'projection.bucket.range': '0,15',
    'projection.bucket.digits': '2',
    'projection.day.format': 'yyyy-MM-dd',
  })
  expect(JSON.stringify(table.Parameters['storage.location.template'])).toMatch(
    /day=\$\{day\}\/bucket=\$\{bucket\}\//,
  )
})

test('The view is one that Athena reads, with the columns of the table', () => {
  const view = glueTable('audit_events')
  const [, encoded = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(view.ViewOriginalText ?? '') ?? []
  const content = JSON.parse(Buffer.from(encoded, 'base64').toString())
  expect(view).toMatchObject({ TableType: 'VIRTUAL_VIEW', Parameters: { presto_view: 'true' } })
  expect(content).toMatchObject({
    originalSql: auditEventsSql,
    catalog: 'awsdatacatalog',
    schema: 'sallyport',
  })
  const names = Object.keys({ ...auditColumns, ...auditPartitions })
  expect(content.columns.map(({ name }: { name: string }) => name)).toEqual(names)
  expect(view.StorageDescriptor.Columns.map(({ Name }) => Name)).toEqual(names)
})

test('Queries are encrypted, bounded, and answer into a bucket that forgets', () => {
  expect(theOnly(audit, 'AWS::Athena::WorkGroup').Properties).toMatchObject({
    Name: 'sallyport',
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 107_374_182_400,
      ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } },
    },
  })
  const [, results] = buckets.find(([id]) => id.startsWith('StorageResults')) ?? []
  expect(JSON.stringify(results)).toContain('"ExpirationInDays":7')
})

test('Every saved query is a file, named after it and described in it', () => {
  const folder = join(import.meta.dirname, '../../shared/audit/queries')
  const named = ofType(audit, 'AWS::Athena::NamedQuery').map(([, { Properties }]) => Properties)
  expect(named.map(({ Name }) => `${Name}.sql`).toSorted()).toEqual(readdirSync(folder).sort())
  for (const query of named) {
    expect(query).toMatchObject({
      Database: 'sallyport',
      WorkGroup: 'sallyport',
      Description: expect.stringMatching(/^[A-Z].{10,}/),
      QueryString: expect.stringContaining('FROM audit_events'),
    })
  }
})
