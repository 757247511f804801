import { once } from 'node:events'
import http from 'node:http'
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AwsCall, startAwsEndpoint } from '#local/aws-endpoint.ts'
import { type Fixture, failureOf, loadFixture, startFixture } from './local-fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await startFixture()
})

afterAll(() => fixture.endpoint.close())

const post = (headers: Record<string, string>, body: string) =>
  fetch(fixture.endpoint.url, { method: 'POST', headers, body })

const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${fixture.endpoint.operator.accessKeyId}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
})

test('endpoint: a call without a signature is MissingAuthenticationTokenException', async () => {
  const answer = await post({ 'x-amz-target': 'DynamoDB_20120810.ListTables' }, '{}')
  expect(answer.status).toBe(403)
  expect(answer.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException')
})

test('endpoint: a service or a body that it cannot read is an error of AWS, never a crash', async () => {
  const unknown = await post({ ...signed('sns'), 'x-amz-target': 'SNS.Publish' }, '{}')
  expect(await unknown.json()).toMatchObject({ __type: 'UnknownOperationException' })
  const target = { 'x-amz-target': 'DynamoDB_20120810.GetItem' }
  const broken = await post({ ...signed('dynamodb'), ...target }, '[1')
  expect(await broken.json()).toMatchObject({ __type: 'SerializationException' })
  const misshapen = await post({ ...signed('dynamodb'), ...target }, '{"TableName":1}')
  expect(await misshapen.json()).toMatchObject({ __type: 'ValidationException' })
})

test('endpoint: it listens on loopback alone', () => {
  expect(new URL(fixture.endpoint.url).hostname).toBe('127.0.0.1')
})

test('endpoint: every allowance is listed from the start, and counts what it let through', async () => {
  const usageOf = (statement: string, action: string) =>
    fixture.endpoint.usage().find((each) => each.statement === statement && each.action === action)
  expect(usageOf('TenantsRead', 'dynamodb:GetItem')).toEqual({
    caller: 'reader',
    statement: 'TenantsRead',
    action: 'dynamodb:GetItem',
    allowed: 0,
  })
  const reader = new DynamoDBClient(fixture.clientOf('reader'))
  const Key = { pk: { S: 'TENANT#acme' }, sk: { S: '#' } }
  await reader.send(new GetItemCommand({ TableName: fixture.table, Key }))
  expect(usageOf('TenantsRead', 'dynamodb:GetItem')?.allowed).toBe(1)
  expect(usageOf('TenantsRead', 'dynamodb:Query')?.allowed).toBe(0)
  expect(fixture.endpoint.usage().map(({ statement }) => statement)).not.toContain('RootProtect')
})

test('endpoint: a listener hears of every decision until it stops listening', async () => {
  const heard: AwsCall[] = []
  const stop = fixture.endpoint.onCall((call) => heard.push(call))
  const operator = new DynamoDBClient(fixture.clientOf('operator'))
  const Key = { pk: { S: 'TENANT#acme' }, sk: { S: '#' } }
  const get = () => operator.send(new GetItemCommand({ TableName: fixture.table, Key }))
  await get()
  stop()
  await get()
  expect(heard).toMatchObject([
    { caller: 'operator', service: 'dynamodb', action: 'dynamodb:GetItem', allowed: true },
  ])
})

test('endpoint: a condition key that no service supplies is refused at the start', async () => {
  const system = loadFixture()
  const functions = system.functions.map((each) => ({
    ...each,
    statements: each.statements.map((statement) => ({
      ...statement,
      conditions: [
        {
          quantifier: 'ForAllValues' as const,
          operator: 'StringEquals',
          ifExists: false,
          key: 'dynamodb:attributes',
          values: ['pk'],
        },
      ],
    })),
  }))
  await expect(startAwsEndpoint({ system: { ...system, functions } })).rejects.toThrow(
    'TenantsRead: the local cloud does not know dynamodb:attributes',
  )
})

test('endpoint: AWS_ENDPOINT_URL_SSM names another service, behind the same policies', async () => {
  const answers = http.createServer((_request, response) =>
    response.end(JSON.stringify({ Parameter: { Name: 'from', Value: 'elsewhere' } })),
  )
  answers.listen(0, '127.0.0.1')
  await once(answers, 'listening')
  const address = answers.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const environment = { ...process.env, AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${port}` }
  const elsewhere = await startFixture({ environment })
  const writer = new SSMClient(elsewhere.clientOf('writer'))
  const get = (Name: string) => writer.send(new GetParameterCommand({ Name }))
  expect((await get('/fixture/keys/signing')).Parameter?.Value).toBe('elsewhere')
  expect(await failureOf(get('/fixture/table-name'))).toContain('AccessDeniedException')
  await elsewhere.endpoint.close()
  answers.close()
})
