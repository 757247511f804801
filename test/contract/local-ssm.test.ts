import {
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fixture, failureOf, startFixture } from './local-fixture.ts'

let fixture: Fixture
let operator: SSMClient
let writer: SSMClient

beforeAll(async () => {
  fixture = await startFixture()
  operator = new SSMClient(fixture.clientOf('operator'))
  writer = new SSMClient(fixture.clientOf('writer'))
})

afterAll(() => fixture.endpoint.close())

test('SSM GetParameter: a parameter that a template declares has its resolved value', async () => {
  const { Parameter } = await operator.send(
    new GetParameterCommand({ Name: '/fixture/table-name' }),
  )
  expect(Parameter).toMatchObject({
    Name: '/fixture/table-name',
    Type: 'String',
    Value: fixture.table,
    ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/fixture/table-name',
  })
  expect(Parameter?.LastModifiedDate).toBeInstanceOf(Date)
})

test('SSM GetParameter: an unknown name is ParameterNotFound', async () => {
  const attempt = operator.send(new GetParameterCommand({ Name: '/none' }))
  expect(await failureOf(attempt)).toContain('ParameterNotFound')
})

test('SSM GetParameters: the unknown names are listed apart', async () => {
  const answer = await operator.send(
    new GetParametersCommand({ Names: ['/none', '/sallyport/issuer-origin'] }),
  )
  expect(answer.Parameters?.map(({ Value }) => Value)).toEqual(['http://localhost:1'])
  expect(answer.InvalidParameters).toEqual(['/none'])
})

test('SSM GetParametersByPath: one level, or all below it, page by page', async () => {
  const below = async (more: object) => {
    const answer = await operator.send(
      new GetParametersByPathCommand({ Path: '/fixture', ...more }),
    )
    return { names: answer.Parameters?.map(({ Name }) => Name), next: answer.NextToken }
  }
  const level = ['/fixture/endpoint', '/fixture/table-name', '/fixture/wrapping-key-arn']
  expect(await below({})).toEqual({ names: level, next: undefined })
  const first = await below({ Recursive: true, MaxResults: 3 })
  expect(first.names).toEqual([level[0], '/fixture/keys/signing', level[1]])
  const second = await below({ Recursive: true, MaxResults: 3, NextToken: first.next })
  expect(second).toEqual({ names: [level[2]], next: undefined })
})

test('SSM: a role reads the parameters below the path of its statement', async () => {
  const get = (Name: string) => writer.send(new GetParameterCommand({ Name }))
  expect((await get('/fixture/keys/signing')).Parameter?.Value).toBe(fixture.keyArn('SigningKey'))
  expect(await failureOf(get('/fixture/table-name'))).toContain(
    'is not authorized to perform: ssm:GetParameter on resource: ' +
      'arn:aws:ssm:us-east-1:000000000000:parameter/fixture/table-name',
  )
})
