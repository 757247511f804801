import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  BatchGetItemCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StreamRecord } from '#local/aws-endpoint.ts'
import { EngineUnavailable, findEngine, startEngine } from '#local/services/dynamodb-engine.ts'
import { type Fixture, failureOf, startFixture } from './local-fixture.ts'

let fixture: Fixture
let operator: DynamoDBClient
let reader: DynamoDBClient
let writer: DynamoDBClient
let TableName: string

const item = (pk: string, more = {}) => ({ pk: { S: pk }, sk: { S: '#' }, ...more })

beforeAll(async () => {
  fixture = await startFixture()
  TableName = fixture.table
  operator = new DynamoDBClient(fixture.clientOf('operator'))
  reader = new DynamoDBClient(fixture.clientOf('reader'))
  writer = new DynamoDBClient(fixture.clientOf('writer'))
  await operator.send(new PutItemCommand({ TableName, Item: item('TENANT#acme') }))
})

afterAll(() => fixture.endpoint.close())

test('DynamoDB: the tables are those of the template, with keys, indexes, stream, TTL and protection', async () => {
  const { Table } = await operator.send(new DescribeTableCommand({ TableName }))
  expect(Table?.KeySchema).toEqual([
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ])
  expect(Table?.StreamSpecification?.StreamViewType).toBe('NEW_AND_OLD_IMAGES')
  expect(Table?.DeletionProtectionEnabled).toBe(true)
  const ttl = await operator.send(new DescribeTimeToLiveCommand({ TableName }))
  expect(ttl.TimeToLiveDescription).toEqual({
    AttributeName: 'expiresAt',
    TimeToLiveStatus: 'ENABLED',
  })
  const ledger = await operator.send(new DescribeTableCommand({ TableName: 'ledger' }))
  expect(ledger.Table?.GlobalSecondaryIndexes?.[0]?.IndexName).toBe('byOwner')
})

test('DynamoDB: a role reads what its leading keys name', async () => {
  const { Item } = await reader.send(
    new GetItemCommand({ TableName, Key: item('TENANT#acme'), ConsistentRead: true }),
  )
  expect(Item).toEqual(item('TENANT#acme'))
})

test('DynamoDB: another leading key is refused in the words of AWS', async () => {
  const refusal = await failureOf(
    reader.send(new GetItemCommand({ TableName, Key: item('PASSWORD#acme#1') })),
  )
  const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`
  expect(refusal).toBe(
    'AccessDeniedException: User: arn:aws:sts::000000000000:assumed-role/Fixture-Api-ReaderRole/reader ' +
      `is not authorized to perform: dynamodb:GetItem on resource: ${arn} ` +
      'because no identity-based policy allows the dynamodb:GetItem action',
  )
})

test('DynamoDB: a batch is refused as a whole for one foreign key', async () => {
  const batch = (...names: string[]) =>
    new BatchGetItemCommand({
      RequestItems: { [TableName]: { Keys: names.map((name) => item(name)) } },
    })
  const { Responses } = await reader.send(batch('TENANT#acme', 'TENANT#other'))
  expect(Responses?.[TableName]).toHaveLength(1)
  expect(await failureOf(reader.send(batch('TENANT#acme', 'USER#acme#1')))).toContain(
    'dynamodb:BatchGetItem',
  )
})

test('DynamoDB: the leading key of a query is found behind placeholders, in any spelling', async () => {
  const query = (KeyConditionExpression: string, pk: string) =>
    reader.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression,
        ExpressionAttributeNames: { '#p': 'pk' },
        ExpressionAttributeValues: { ':p': { S: pk }, ':s': { S: '!' } },
      }),
    )
  expect((await query('#p = :p AND sk >= :s', 'TENANT#acme')).Count).toBe(1)
  expect((await query('(sk > :s) and (#p=:p)', 'TENANT#acme')).Count).toBe(1)
  expect(await failureOf(query('#p = :p AND sk >= :s', 'USER#acme'))).toContain('dynamodb:Query')
})

test('DynamoDB: a query of an index goes by the partition key of the index and by its own ARN', async () => {
  const query = (owner: string) =>
    reader.send(
      new QueryCommand({
        TableName: 'ledger',
        IndexName: 'byOwner',
        KeyConditionExpression: 'owner = :o',
        ExpressionAttributeValues: { ':o': { S: owner } },
      }),
    )
  expect(await failureOf(query('you'))).toContain('table/ledger/index/byOwner')
  expect(await failureOf(query('me'))).toContain('not authorized to perform: kms:Decrypt')
})

test('DynamoDB: a scan names no leading key, and ForAllValues alone would let it through', async () => {
  expect(await failureOf(reader.send(new ScanCommand({ TableName })))).toContain('dynamodb:Scan')
})

test('DynamoDB: each member of a transaction needs its own allowance', async () => {
  const put = { Put: { TableName, Item: item('USER#acme#1') } }
  const check = {
    ConditionCheck: {
      TableName,
      Key: item('USER#acme#2'),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }
  await writer.send(new TransactWriteItemsCommand({ TransactItems: [put, check] }))
  const seen = fixture.endpoint.calls.slice(-2)
  expect(seen.map(({ action, statement }) => [action, statement])).toEqual([
    ['dynamodb:PutItem', 'UsersWrite'],
    ['dynamodb:ConditionCheckItem', 'UsersWrite'],
  ])
  const forbidden = { Delete: { TableName, Key: item('USER#acme#1') } }
  const refusal = failureOf(
    writer.send(new TransactWriteItemsCommand({ TransactItems: [put, forbidden] })),
  )
  expect(await refusal).toContain('dynamodb:DeleteItem')
})

test('DynamoDB: an explicit deny wins over an allow', async () => {
  const refusal = await failureOf(
    writer.send(new PutItemCommand({ TableName, Item: item('USER#root') })),
  )
  expect(refusal).toContain('with an explicit deny')
  expect(fixture.endpoint.calls.at(-1)).toMatchObject({ allowed: false, statement: 'RootProtect' })
})

test('DynamoDB: of 50 concurrent conditional puts exactly one succeeds, and the others get the old item', async () => {
  const put = (attempt: number) =>
    writer.send(
      new PutItemCommand({
        TableName,
        Item: item('USER#acme#race', { attempt: { N: String(attempt) } }),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    )
  const results = await Promise.allSettled(Array.from({ length: 50 }, (_, index) => put(index)))
  const refused = results.filter((result) => result.status === 'rejected')
  expect(refused).toHaveLength(49)
  for (const { reason } of refused) {
    expect(reason.name).toBe('ConditionalCheckFailedException')
    expect(reason.Item).toHaveProperty('attempt')
  }
})

test('DynamoDB: use of the key that encrypts the table counts only when it is refused', async () => {
  await reader.send(new GetItemCommand({ TableName, Key: item('TENANT#acme') }))
  expect(fixture.endpoint.calls.at(-1)?.action).toBe('dynamodb:GetItem')
})

test('DynamoDB: an access key id of nobody is not recognised', async () => {
  const stranger = new DynamoDBClient(fixture.clientOf('stranger'))
  expect(
    await failureOf(stranger.send(new GetItemCommand({ TableName, Key: item('TENANT#acme') }))),
  ).toBe('UnrecognizedClientException: The security token included in the request is invalid.')
})

test('DynamoDB Streams: every change arrives in order, with both images as plain values', async () => {
  const records: StreamRecord[] = []
  const stop = fixture.endpoint.onRecord((record) => records.push(record))
  const Key = item('USER#acme#stream')
  await writer.send(new PutItemCommand({ TableName, Item: { ...Key, n: { N: '1' } } }))
  await writer.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET n = :n, #e = :e',
      ExpressionAttributeNames: { '#e': 'event' },
      ExpressionAttributeValues: { ':n': { N: '2' }, ':e': { M: { type: { S: 'changed' } } } },
    }),
  )
  const own = () => records.filter(({ keys }) => keys['pk'] === 'USER#acme#stream')
  await expect.poll(() => own().length, { timeout: 5000 }).toBe(2)
  stop()
  expect(
    own().map(({ change, oldImage, newImage }) => [change, oldImage?.['n'], newImage?.['n']]),
  ).toEqual([
    ['INSERT', undefined, 1],
    ['MODIFY', 1, 2],
  ])
  expect(own()[1]?.newImage?.['event']).toEqual({ type: 'changed' })
})

test('DynamoDB: with a data directory items and TTL outlive the process', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sallyport-data-'))
  const run = async <T>(work: (client: DynamoDBClient) => Promise<T>): Promise<T> => {
    const kept = await startFixture({ dataDirectory })
    try {
      return await work(new DynamoDBClient(kept.clientOf('operator')))
    } finally {
      await kept.endpoint.close()
    }
  }
  await run((client) => client.send(new PutItemCommand({ TableName, Item: item('TENANT#kept') })))
  const found = await run((client) =>
    client.send(new GetItemCommand({ TableName, Key: item('TENANT#kept') })),
  )
  await rm(dataDirectory, { recursive: true })
  expect(found.Item).toEqual(item('TENANT#kept'))
})

test('DynamoDB: AWS_ENDPOINT_URL_DYNAMODB names another engine, behind the same policies', async () => {
  const engine = await startEngine(process.env)
  const elsewhere = await startFixture({ environment: { AWS_ENDPOINT_URL_DYNAMODB: engine.url } })
  const there = new DynamoDBClient(elsewhere.clientOf('reader'))
  const get = (pk: string) => there.send(new GetItemCommand({ TableName, Key: item(pk) }))
  expect((await get('TENANT#acme')).Item).toBeUndefined()
  expect(await failureOf(get('USER#acme#1'))).toContain('AccessDeniedException')
  await engine.close()
  expect(await failureOf(get('TENANT#acme'))).toContain('does not answer')
  await elsewhere.endpoint.close()
})

test('DynamoDB: without any engine one line says what to do', () => {
  const find = () => findEngine({ PATH: '/nowhere' }, '/nowhere/dynoxide')
  expect(find).toThrow(EngineUnavailable)
  expect(find).toThrow(
    /^No DynamoDB engine: .*set AWS_ENDPOINT_URL_DYNAMODB to the URL of another engine$/,
  )
})

test('DynamoDB: an engine that does not start says so in its own words', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sallyport-data-'))
  await mkdir(join(dataDirectory, 'dynamodb.sqlite'))
  const start = startEngine(process.env, dataDirectory)
  await expect(start).rejects.toThrow(/dynoxide did not start: .*unable to open/s)
  await rm(dataDirectory, { recursive: true })
})
