import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AthenaClient,
  BatchGetNamedQueryCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  ListNamedQueriesCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import { FirehoseClient, PutRecordBatchCommand, PutRecordCommand } from '@aws-sdk/client-firehose'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, type LakeFixture, startLakeFixture } from './lake-fixture.ts'
import { failureOf } from './local-fixture.ts'

let directory: string
let fixture: LakeFixture
let athena: AthenaClient
let firehose: FirehoseClient
let s3: S3Client

function connect(): void {
  athena = new AthenaClient(fixture.clientOf('operator'))
  firehose = new FirehoseClient(fixture.clientOf('operator'))
  s3 = new S3Client(fixture.clientOf('operator'))
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sallyport-lake-'))
  fixture = await startLakeFixture(directory)
  connect()
})

afterAll(async () => {
  await fixture?.endpoint.close()
  await rm(directory, { recursive: true, force: true })
})

const stream = () => fixture.system.deliveryStreams[0]?.name ?? ''

const row = (id: string, more = {}) => ({
  id,
  time: '2026-01-02 03:04:05',
  n: 1,
  day: '2026-01-02',
  bucket: '03',
  ...more,
})

const deliver = (...rows: readonly object[]) =>
  firehose.send(
    new PutRecordBatchCommand({
      DeliveryStreamName: stream(),
      Records: rows.map((each) => ({ Data: Buffer.from(JSON.stringify(each)) })),
    }),
  )

async function finished(input: { sql: string; parameters?: string[]; workGroup?: string }) {
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: input.sql,
      WorkGroup: input.workGroup ?? 'lake',
      QueryExecutionContext: { Database: 'lake' },
      ...(input.parameters && { ExecutionParameters: input.parameters }),
    }),
  )
  return eventually(
    async () =>
      (await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution,
    (execution) => execution?.Status?.State !== 'RUNNING',
  )
}

async function resultOf(sql: string, parameters?: string[]) {
  const execution = await finished({ sql, ...(parameters && { parameters }) })
  const { QueryExecutionId } = execution ?? {}
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }))
  return {
    execution,
    types: ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Type }) => Type),
    rows: ResultSet?.Rows?.map(({ Data }) => Data?.map(({ VarCharValue }) => VarCharValue)),
  }
}

const idsIn = async (table: string): Promise<readonly unknown[]> =>
  (await resultOf(`SELECT id FROM ${table} ORDER BY id`)).rows?.slice(1).flat() ?? []

const keysBelow = async (Prefix: string): Promise<readonly string[]> => {
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: 'fixture-log', Prefix }),
  )
  return Contents.map(({ Key = '' }) => Key)
}

test('Athena: a table without any file has its columns and no rows', async () => {
  const { types, rows } = await resultOf('SELECT * FROM log')
  expect(types).toEqual(['varchar', 'timestamp', 'integer', 'varchar', 'integer'])
  expect(rows).toEqual([['id', 'time', 'n', 'day', 'bucket']])
})

test('Firehose: records become Parquet below the prefix of their partition, and rows of the table', async () => {
  const answer = await deliver(row('a'), row('b', { bucket: '11', n: null }))
  expect(answer).toMatchObject({ FailedPutCount: 0, RequestResponses: [{}, {}] })
  await firehose.send(
    new PutRecordCommand({
      DeliveryStreamName: stream(),
      Record: { Data: Buffer.from(JSON.stringify(row('c', { time: 1_767_323_045_678 }))) },
    }),
  )
  expect(
    await eventually(
      () => idsIn('log'),
      (ids) => ids.length === 3,
    ),
  ).toEqual(['a', 'b', 'c'])
  const keys = await keysBelow('log/')
  expect(keys[0]).toMatch(/^log\/day=2026-01-02\/bucket=03\/Fixture-Lake-Delivery-1-.*\.parquet$/)
  expect(keys.at(-1)).toContain('/bucket=11/')
  const { rows } = await resultOf('SELECT * FROM events ORDER BY id')
  expect(rows?.slice(1)).toEqual([
    ['a', '2026-01-02 03:04:05.000', '1', '2026-01-02', '3'],
    ['b', '2026-01-02 03:04:05.000', undefined, '2026-01-02', '11'],
    ['c', '2026-01-02 03:04:05.678', '1', '2026-01-02', '3'],
  ])
})

test('Firehose: what comes twice is in the table twice, and in the view once', async () => {
  await deliver(row('a'))
  expect(
    await eventually(
      () => idsIn('log'),
      (ids) => ids.length === 4,
    ),
  ).toEqual(['a', 'a', 'b', 'c'])
  expect(await idsIn('events')).toEqual(['a', 'b', 'c'])
})

test('Firehose: a record without its partition keys, or of other types, lies below the error prefix', async () => {
  await deliver({ id: 'nowhere' }, row('d', { n: 'many' }))
  const failed = await eventually(
    () => keysBelow('failed/'),
    (keys) => keys.length === 2,
  )
  expect(failed[0]).toMatch(/^failed\/dynamic-partitioning-failed\//)
  expect(failed[1]).toMatch(/^failed\/format-conversion-failed\//)
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'fixture-log', Key: failed[0] }))
  const { rawData } = JSON.parse((await Body?.transformToString()) ?? '')
  expect(JSON.parse(Buffer.from(rawData, 'base64').toString())).toEqual({ id: 'nowhere' })
})

test('Firehose: killed at any moment, the delivery loses nothing that was accepted', async () => {
  const ids = Array.from({ length: 60 }, (_, index) => `k${String(index).padStart(2, '0')}`)
  for (const id of ids) {
    await deliver(row(id))
    if (id.endsWith('5')) fixture.endpoint.killDelivery()
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  const held = await eventually(
    () => idsIn("events WHERE id LIKE 'k%'"),
    (found) => found.length >= ids.length,
  )
  expect(held).toEqual(ids)
})

test('Firehose: an unknown stream is ResourceNotFoundException; a role needs its statement', async () => {
  const Records = [{ Data: Buffer.from('{}') }]
  const unknown = new PutRecordBatchCommand({ DeliveryStreamName: 'none', Records })
  expect(await failureOf(firehose.send(unknown))).toContain('ResourceNotFoundException')
  const worker = new FirehoseClient(fixture.clientOf('worker'))
  const single = new PutRecordCommand({
    DeliveryStreamName: stream(),
    Record: { Data: Buffer.from('{}') },
  })
  expect(await failureOf(worker.send(single))).toContain(
    'not authorized to perform: firehose:PutRecord on resource: arn:aws:firehose:',
  )
})

test('Athena: values are written as Athena writes them, with its names of types', async () => {
  const { types, rows } = await resultOf(
    "SELECT 1 AS i, CAST(2 AS bigint) AS b, 1.0e0 AS d, true AS t, DATE '2026-01-02' AS day, " +
      'CAST(NULL AS varchar) AS nothing, ARRAY[1, 2] AS a, count(*) AS c, sum(n) AS s FROM log',
  )
  expect(types).toEqual([
    'integer',
    'bigint',
    'double',
    'boolean',
    'date',
    'varchar',
    'array',
    'bigint',
    'bigint',
  ])
  expect(rows?.[1]?.slice(0, 7)).toEqual([
    '1',
    '2',
    '1.0',
    'true',
    '2026-01-02',
    undefined,
    '[1, 2]',
  ])
})

test('Athena GetQueryResults: page by page, the names of the columns before the first row', async () => {
  const execution = await finished({ sql: 'SELECT x FROM UNNEST(ARRAY[1,2,3]) AS u(x) ORDER BY x' })
  const page = async (NextToken?: string) => {
    const { QueryExecutionId } = execution ?? {}
    const input = { QueryExecutionId, MaxResults: 2, ...(NextToken && { NextToken }) }
    const answer = await athena.send(new GetQueryResultsCommand(input))
    const values = answer.ResultSet?.Rows?.map(({ Data }) => Data?.[0]?.VarCharValue)
    return { values, next: answer.NextToken }
  }
  const first = await page()
  expect(first.values).toEqual(['x', '1'])
  expect(await page(first.next)).toEqual({ values: ['2', '3'], next: undefined })
})

test('Athena: the result lies as CSV where the workgroup wants it', async () => {
  const { execution } = await resultOf('SELECT \'say "hi"\' AS a, NULL AS b')
  const location = execution?.ResultConfiguration?.OutputLocation ?? ''
  expect(location).toMatch(/^s3:\/\/fixture-results\/answers\/[\w-]+\.csv$/)
  const Key = location.replace('s3://fixture-results/', '')
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'fixture-results', Key }))
  expect(await Body?.transformToString()).toBe('"a","b"\n"say ""hi""",\n')
})

test('Athena: question marks are replaced by execution parameters', async () => {
  const { rows } = await resultOf('SELECT id FROM events WHERE id = ? AND n = ?', ["'a'", '1'])
  expect(rows?.slice(1)).toEqual([['a']])
})

test.each([
  ['SELEC 1', 'SYNTAX_ERROR'],
  ['SELECT * FROM nowhere', 'SYNTAX_ERROR'],
  ["SELECT CAST('x' AS integer)", 'INVALID_CAST_ARGUMENT'],
  ['DROP VIEW events', 'NOT_SUPPORTED'],
  ['SELECT 1; SELECT 2', 'SYNTAX_ERROR'],
  ["SELECT * FROM read_text('/etc/passwd')", 'GENERIC_USER_ERROR'],
])('Athena: %s fails with the reason of its kind, and has no result', async (sql, reason) => {
  const execution = await finished({ sql })
  expect(execution?.Status?.State).toBe('FAILED')
  expect(execution?.Status?.StateChangeReason).toContain(reason)
  const { QueryExecutionId } = execution ?? {}
  const results = athena.send(new GetQueryResultsCommand({ QueryExecutionId }))
  expect(await failureOf(results)).toContain('Final query state: FAILED')
})

test('Athena: an unknown workgroup, and another role’s, are refused', async () => {
  expect(await failureOf(finished({ sql: 'SELECT 1', workGroup: 'none' }))).toContain(
    'InvalidRequestException',
  )
  const worker = new AthenaClient(fixture.clientOf('worker'))
  const attempt = worker.send(
    new StartQueryExecutionCommand({ QueryString: 'SELECT 1', WorkGroup: 'lake' }),
  )
  expect(await failureOf(attempt)).toContain('athena:StartQueryExecution')
})

test('Athena: the saved queries of a workgroup can be listed, read and run', async () => {
  const { NamedQueryIds } = await athena.send(new ListNamedQueriesCommand({ WorkGroup: 'lake' }))
  const { NamedQueries } = await athena.send(new BatchGetNamedQueryCommand({ NamedQueryIds }))
  expect(NamedQueries).toMatchObject([{ Name: 'count', Database: 'lake', Description: 'How many' }])
  const { rows } = await resultOf(NamedQueries?.[0]?.QueryString ?? '')
  expect(rows).toEqual([['events'], ['63']])
})

test('a data directory keeps the lake, and what was accepted before a restart is delivered after it', async () => {
  await deliver(row('z'))
  await fixture.endpoint.close()
  fixture = await startLakeFixture(directory)
  connect()
  expect(
    await eventually(
      () => idsIn("events WHERE id = 'z'"),
      (ids) => ids.length > 0,
    ),
  ).toEqual(['z'])
  expect(await idsIn("events WHERE id = 'a'")).toEqual(['a'])
})
