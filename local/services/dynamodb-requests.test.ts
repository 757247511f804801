import { expect, test } from 'vitest'
import type { LocalTable } from '../template.ts'
import { accessesOf } from './dynamodb-requests.ts'

const table: LocalTable = {
  name: 'things',
  arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/things',
  AttributeDefinitions: [],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byOwner',
      KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  LocalSecondaryIndexes: [],
  ttlAttribute: undefined,
  streamViewType: undefined,
  streamArn: undefined,
  deletionProtection: false,
  kmsKeyArn: undefined,
}

const accesses = (action: string, input: Readonly<Record<string, unknown>>) =>
  accessesOf({ action, input, method: 'POST', path: '/', headers: {}, body: Buffer.alloc(0) }, [
    table,
  ])

const Key = { pk: { S: 'a' }, sk: { S: '#' } }
const other = { pk: { S: 'b' }, sk: { S: '#' } }

test('DynamoDB request: a single item is known by its key, or by itself', () => {
  expect(accesses('GetItem', { TableName: 'things', Key })).toMatchObject([
    { operation: 'GetItem', table: 'things', items: [Key] },
  ])
  const Item = { ...Key, more: { N: '1' } }
  expect(accesses('PutItem', { TableName: 'things', Item })).toMatchObject([{ items: [Item] }])
})

test('DynamoDB request: a batch is one access for each table', () => {
  const RequestItems = { things: { Keys: [Key, other] }, more: { Keys: [Key] } }
  expect(accesses('BatchGetItem', { RequestItems })).toEqual([
    { operation: 'BatchGetItem', table: 'things', items: [Key, other] },
    { operation: 'BatchGetItem', table: 'more', items: [Key] },
  ])
  const writes = { things: [{ PutRequest: { Item: Key } }, { DeleteRequest: { Key: other } }] }
  expect(accesses('BatchWriteItem', { RequestItems: writes })).toEqual([
    { operation: 'BatchWriteItem', table: 'things', items: [Key, other] },
  ])
})

test('DynamoDB request: each member of a transaction is the operation that IAM knows', () => {
  const TransactItems = [
    { Put: { TableName: 'things', Item: Key } },
    { Update: { TableName: 'things', Key } },
    { Delete: { TableName: 'things', Key } },
    { ConditionCheck: { TableName: 'things', Key } },
  ]
  const operations = accesses('TransactWriteItems', { TransactItems })?.map((each) => [
    each.operation,
    each.enclosing,
  ])
  expect(operations).toEqual([
    ['PutItem', 'TransactWriteItems'],
    ['UpdateItem', 'TransactWriteItems'],
    ['DeleteItem', 'TransactWriteItems'],
    ['ConditionCheckItem', 'TransactWriteItems'],
  ])
})

test.each([
  ['pk = :a', ['a']],
  ['#p = :a AND begins_with(sk, :b)', ['a']],
  [':a = pk AND sk = :b', ['a']],
  ['(sk BETWEEN :a AND :b) AND (pk=:b)', ['b']],
  ['sk = :a', []],
  ['pk <= :a', []],
  ['pk = :missing', []],
  ['', []],
])('DynamoDB Query: KeyConditionExpression %j names the partition keys %j', (expression, keys) => {
  const [access] =
    accesses('Query', {
      TableName: 'things',
      KeyConditionExpression: expression,
      ExpressionAttributeNames: { '#p': 'pk' },
      ExpressionAttributeValues: { ':a': { S: 'a' }, ':b': { S: 'b' } },
    }) ?? []
  expect(access?.leadingKeys).toEqual(keys)
})

test('DynamoDB Query: on an index the partition key is the one of the index', () => {
  const [access] =
    accesses('Query', {
      TableName: 'things',
      IndexName: 'byOwner',
      KeyConditionExpression: '#o = :o AND pk = :a',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':o': { S: 'me' }, ':a': { S: 'a' } },
    }) ?? []
  expect(access).toMatchObject({ index: 'byOwner', leadingKeys: ['me'] })
})

test('DynamoDB request: an operation that is not about items has no accesses', () => {
  expect(accesses('DescribeTable', { TableName: 'things' })).toBeUndefined()
  expect(accesses('ExecuteStatement', { Statement: 'SELECT' })).toBeUndefined()
  expect(accesses('constructor', {})).toBeUndefined()
})
