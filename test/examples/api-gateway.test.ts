import { beforeAll, expect, test } from 'vitest'
import { issuer, start } from './example.ts'
import { only, synthesized } from './synthesized.ts'
import { audiencesOf, verified } from './token-judge.ts'

interface Authorizer {
  readonly Issuer: string
  readonly Audience: readonly string[]
}

const seen = { authorizer: { Issuer: '', Audience: [] } as Authorizer, scopes: [] as string[] }

beforeAll(async () => {
  const resources = await synthesized('api-gateway.ts', { ISSUER: issuer })
  const authorizer = only(resources, 'AWS::ApiGatewayV2::Authorizer')
  expect(authorizer).toMatchObject({
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
  })
  const route = only(resources, 'AWS::ApiGatewayV2::Route')
  expect(route['AuthorizationType']).toBe('JWT')
  seen.authorizer = authorizer['JwtConfiguration'] as Authorizer
  seen.scopes = route['AuthorizationScopes'] as string[]
})

/**
 * Judges as the gateway documents it: signature, `iss`, `aud` or `client_id`, times, one of the scopes.
 *
 * @returns the status of the gateway's answer
 */
async function statusFor(token: string): Promise<number> {
  const { Issuer, Audience } = seen.authorizer
  const claims = await verified(token, Issuer).catch(() => undefined)
  if (!claims) return 401
  const meant = audiencesOf(claims).length > 0 ? audiencesOf(claims) : [String(claims['client_id'])]
  if (!meant.some((audience) => Audience.includes(audience))) return 401
  const granted = String(claims['scope'] ?? '').split(' ')
  return seen.scopes.some((scope) => granted.includes(scope)) ? 200 : 403
}

const tokenWith = async (environment: Record<string, string> = {}) =>
  (await start('machine.ts', environment).ended).stdout.trim()

test('the authorizer of API Gateway lets a token for the API pass', async () => {
  expect(await statusFor(await tokenWith())).toBe(200)
})

test('the authorizer of API Gateway refuses other scopes, other audiences and other signatures', async () => {
  expect(await statusFor(await tokenWith({ SCOPE: 'reports:write' }))).toBe(403)
  const elsewhere = { API: 'https://sts.amazonaws.com/' }
  expect(await statusFor(await tokenWith(elsewhere))).toBe(401)
  const [head, body] = (await tokenWith()).split('.')
  expect(await statusFor(`${head}.${body}.${'A'.repeat(342)}`)).toBe(401)
})
