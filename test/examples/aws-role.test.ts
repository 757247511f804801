import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issuer, start } from './example.ts'
import { only, synthesized } from './synthesized.ts'
import { audiencesOf, verified } from './token-judge.ts'

interface Provider {
  readonly Url: string
  readonly ClientIdList: readonly string[]
}
type Conditions = Readonly<Record<string, string>>

/** AWS takes nothing but https; the local issuer has no certificate. */
const published = issuer.replace('http:', 'https:')

let provider: Provider
let conditions: Conditions
let sts: Server | undefined
let endpoint: string

/** Judges as STS documents it: a provider of the account, its client ids, the conditions of the role. */
async function mayTakeRole(token: string): Promise<boolean> {
  const claims = await verified(token, issuer).catch(() => undefined)
  if (provider.Url !== published || !claims?.exp || !claims.iat) return false
  const audience = audiencesOf(claims).find((each) => provider.ClientIdList.includes(each))
  const keys: Conditions = { aud: audience ?? '', sub: claims.sub ?? '' }
  const host = provider.Url.replace('https://', '')
  return Object.entries(conditions).every(
    ([name, value]) => keys[name.replace(`${host}:`, '')] === value,
  )
}

const answerTo = (isTaken: boolean) =>
  isTaken
    ? `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>
       <AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
       <SessionToken>t</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration>
       </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`
    : '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code></Error></ErrorResponse>'

beforeAll(async () => {
  const resources = await synthesized('aws-role-stack.ts', { ISSUER: published })
  const role = only(resources, 'AWS::IAM::Role')
  provider = only(resources, 'AWS::IAM::OIDCProvider') as unknown as Provider
  expect(role).toMatchObject({
    AssumeRolePolicyDocument: {
      Statement: [{ Action: 'sts:AssumeRoleWithWebIdentity', Effect: 'Allow' }],
    },
  })
  const { Statement } = role['AssumeRolePolicyDocument'] as {
    Statement: { Condition: { StringEquals: Conditions } }[]
  }
  conditions = Statement[0]?.Condition.StringEquals ?? {}

  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const isTaken = await mayTakeRole(new URLSearchParams(body).get('WebIdentityToken') ?? '')
    response.writeHead(isTaken ? 200 : 403, { 'content-type': 'text/xml' }).end(answerTo(isTaken))
  })
  sts = server
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
})

afterAll(() => void sts?.close())

const take = (environment: Record<string, string> = {}) =>
  start('aws-role.ts', { AWS_ENDPOINT_URL_STS: endpoint, ...environment }).ended

test('the service takes the role with a token of its own', async () => {
  expect((await take()).stdout).toContain('Role taken until 2030-01-01T00:00:00.000Z')
})

test('the role is refused to a token that is meant for another audience', async () => {
  const { code, stderr } = await take({ AUDIENCE: 'https://reports.example.com/' })
  expect(code).toBe(1)
  expect(stderr).toContain('AccessDenied')
})

test('the trust policy names the audience and the one subject', () => {
  expect(Object.keys(conditions).map((name) => name.split(':').at(-1))).toEqual(['aud', 'sub'])
  expect(Object.values(conditions)).toEqual(['https://sts.amazonaws.com/', 'demo-service'])
})
