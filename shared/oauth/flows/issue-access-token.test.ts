import { describe, expect, test } from 'vitest'
import {
  client,
  countingRandom,
  grantContext,
  region,
  tenant,
  userId,
} from '../../../test/support/builders.ts'
import { claimsOf, plainSealer, plainSigner } from '../../../test/support/fake-ports.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import type { ResourceServer } from '../token/resource-server.ts'
import { type AccessTokenGrant, issueAccessToken } from './issue-access-token.ts'

const { issuer } = tenant()
const [orders, stock] = ['https://orders.example/', 'https://stock.example/']

const server = (identifier: string, ...scopes: string[]): ResourceServer => ({
  tenant: tenant().id,
  identifier,
  name: identifier,
  scopes,
})

const store = inMemoryStore({
  resourceServers: [server(orders, 'orders:read'), server(stock, 'orders:read', 'stock:read')],
})
const ports = {
  ...store,
  signer: plainSigner,
  sealer: plainSealer(),
  random: countingRandom(),
  region,
}

const grant: AccessTokenGrant = { subject: userId, scopes: ['openid', 'profile', 'orders:read'] }

const issue = (more: Partial<AccessTokenGrant> = {}) =>
  issueAccessToken(ports)(grantContext({ client: client() }), { ...grant, ...more })

const issued = async (more: Partial<AccessTokenGrant> = {}) => claimsOf((await issue(more)).token)

describe('rfc9068 section 3: whom a token is for', () => {
  test('the issuer, where no resource is named', async () => {
    expect(await issued()).toMatchObject({ aud: issuer, scope: 'openid profile orders:read' })
  })

  test('rfc9068 section 2.2.3: the resource that is named, with the scopes that mean something there', async () => {
    expect(await issued({ resources: [orders] })).toMatchObject({
      aud: orders,
      scope: 'orders:read',
    })
  })

  test('not two of which nobody could say which one a scope is for', async () => {
    const refused = { code: 'invalid_target', rule: 'oauth/resource/ambiguous' }
    await expect(issue({ resources: [orders, stock] })).rejects.toMatchObject(refused)
    const clear = { resources: [orders, stock], scopes: ['stock:read'] }
    expect(await issued(clear)).toMatchObject({ aud: [orders, stock], scope: 'stock:read' })
  })
})

test('rfc9068 section 5: tokens for distinct resources have distinct audiences', async () => {
  const audiences = await Promise.all(
    [[], [orders], [stock]].map(async (resources) => (await issued({ resources }))['aud']),
  )
  expect(new Set(audiences)).toEqual(new Set([issuer, orders, stock]))
})

test('rfc9068 section 2.2.2 and 6: a token says of a person nothing but the subject', async () => {
  const { iss, sub, aud, client_id, scope, jti, iat, exp, ...more } = await issued()
  expect({ iss, sub, aud, client_id, scope }).toEqual({
    ...{ iss: issuer, sub: userId, aud: issuer, client_id: 'web' },
    scope: 'openid profile orders:read',
  })
  expect([typeof jti, typeof iat, typeof exp]).toEqual(['string', 'number', 'number'])
  expect(more).toEqual({})
})

test('rfc7519 section 4.1.7: no two tokens have the same jti', async () => {
  const [one, other] = [await issued(), await issued()]
  expect(one['jti']).not.toBe(other['jti'])
})
