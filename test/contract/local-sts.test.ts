import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roleCredentials, signedByRole } from '../support/aws-role.ts'
import { type Fixture, failureOf, startFixture } from './local-fixture.ts'

let fixture: Fixture
let operator: STSClient

beforeAll(async () => {
  fixture = await startFixture()
  operator = new STSClient(fixture.clientOf('operator'))
})

afterAll(() => fixture.endpoint.close())

const identityOf = (client: STSClient) => client.send(new GetCallerIdentityCommand())

const roleArn = 'arn:aws:iam::123456789012:role/ci/deployer'

const sessionKeys = () => roleCredentials(fixture.clientOf('operator'), roleArn)

const clientWith = (more: ConstructorParameters<typeof STSClient>[0]) =>
  new STSClient({ ...fixture.clientOf('operator'), ...more })

test('STS GetCallerIdentity: the operator is a user of the account', async () => {
  expect(await identityOf(operator)).toMatchObject({
    Account: '000000000000',
    Arn: 'arn:aws:iam::000000000000:user/operator',
    UserId: expect.any(String),
  })
})

test('STS GetCallerIdentity: a function is a session of its role, and needs no permission', async () => {
  const accessKeyId = fixture.system.functions.find(({ name }) => name === 'reader')?.accessKeyId
  const key = accessKeyId ?? ''
  const reader = clientWith({ credentials: { accessKeyId: key, secretAccessKey: key } })
  expect((await identityOf(reader)).Arn).toMatch(
    /^arn:aws:sts::000000000000:assumed-role\/[^/]+\/reader$/,
  )
})

test('STS AssumeRole: the operator becomes any role, for a while', async () => {
  const { Credentials, AssumedRoleUser } = await operator.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'build-7', DurationSeconds: 900 }),
  )
  const seconds = (Number(Credentials?.Expiration) - Date.now()) / 1000
  expect(Math.round(seconds / 60)).toBe(15)
  expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::123456789012:assumed-role/deployer/build-7')
})

test('STS GetCallerIdentity: a session of a role', async () => {
  expect(await identityOf(clientWith({ credentials: await sessionKeys() }))).toMatchObject({
    Account: '123456789012',
    Arn: 'arn:aws:sts::123456789012:assumed-role/deployer/build-7',
    UserId: expect.stringMatching(/:build-7$/),
  })
})

test('STS AssumeRole: nobody else becomes one, and no role has another form of name', async () => {
  const session = { ...fixture.clientOf('operator'), credentials: await sessionKeys() }
  expect(await failureOf(roleCredentials(session, roleArn))).toContain('AccessDenied')
  const attempt = roleCredentials(fixture.clientOf('operator'), 'deployer-of-the-shop')
  expect(await failureOf(attempt)).toContain('ValidationException')
})

test.each([
  ['another secret', { secretAccessKey: 'x' }, 'SignatureDoesNotMatch'],
  ['another key', { accessKeyId: 'AKIASTRANGER' }, 'InvalidClientTokenId'],
  ['another token', { sessionToken: 'x' }, 'InvalidClientTokenId'],
])('STS: with %s it is %s', async (_, other, code) => {
  const credentials = { ...(await sessionKeys()), ...other }
  expect(await failureOf(identityOf(clientWith({ credentials })))).toContain(code)
})

test('STS: a signature counts for a quarter of an hour', async () => {
  for (const systemClockOffset of [-16 * 60_000, 16 * 60_000]) {
    const client = clientWith({ systemClockOffset })
    expect(await failureOf(identityOf(client))).toContain('SignatureDoesNotMatch')
  }
})

test('STS: it answers in JSON who asks for that, errors too', async () => {
  const accept = 'application/json'
  const { url, method, headers, body } = await signedByRole(fixture.clientOf('operator'))
  const ask = async (more: Record<string, string>) => {
    const answer = await fetch(url, { method, headers: { ...headers, ...more }, body })
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      body: await answer.json(),
    }
  }
  const UserId = 'AIDAOPERATOR'
  const [Account, Arn] = ['000000000000', 'arn:aws:iam::000000000000:user/operator']
  expect(await ask({ accept })).toEqual({
    status: 200,
    type: 'application/json',
    body: {
      GetCallerIdentityResponse: {
        GetCallerIdentityResult: { Account, Arn, UserId },
        ResponseMetadata: { RequestId: expect.any(String) },
      },
    },
  })
  expect(await ask({ accept, 'content-type': 'text/plain' })).toMatchObject({
    status: 403,
    body: { Error: { Code: 'SignatureDoesNotMatch', Type: 'Sender' } },
  })
})
