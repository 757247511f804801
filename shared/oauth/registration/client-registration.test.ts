import { describe, expect, test } from 'vitest'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { Client, SecretHash } from '../client/client.ts'
import { clientMetadata } from './client-metadata.ts'
import { toClient } from './client-registration.ts'

const now = epochSeconds(1_800_000_000)
const tenant = trusted<TenantId>('demo')
const metadata = (more: object) =>
  clientMetadata({ strictSecrets: false }).parse({
    client_id: 'web',
    client_secret: 'a-secret',
    redirect_uris: ['https://app.example/callback'],
    ...more,
  })

test('a record keeps the SHA-256 of the secret and never the secret', () => {
  const client = toClient(tenant, metadata({}), undefined, now)
  expect(client.secretHashes).toEqual(['tNh1JDk7Red5PiPxkuaoWhC65vsmeemWp6y4ymC0yI0'])
  expect(JSON.stringify(client)).not.toContain('a-secret')
})

test('a client without a name is called by its id, and may ask for openid', () => {
  expect(toClient(tenant, metadata({}), undefined, now)).toMatchObject({
    name: 'web',
    scopes: ['openid'],
  })
})

test('rfc7591 section 2: members take the names of the record, absent ones stay absent', () => {
  const client = toClient(
    tenant,
    metadata({ scope: 'openid email', default_max_age: 60, tos_uri: 'https://app.example/tos' }),
    undefined,
    now,
  )
  expect(client).toMatchObject({ scopes: ['openid', 'email'], defaultMaxAge: 60 })
  expect(client).toHaveProperty('tosUri', 'https://app.example/tos')
  expect(Object.keys(client)).not.toContain('logoUri')
})

describe('what was issued to a client', () => {
  const jwk = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }
  const registered: Client = {
    ...toClient(tenant, metadata({}), undefined, now),
    validAfter: epochSeconds(7),
  }
  const validAfter = (before: Client) =>
    toClient(tenant, metadata({ client_name: 'New' }), before, now).validAfter

  test('stays valid while the client keeps its credentials', () => {
    expect(validAfter(registered)).toBe(7)
  })

  test.each<[string, Partial<Client>]>([
    ['a secret', { secretHashes: [trusted<SecretHash>('older')] }],
    ['a key', { keys: [jwk] }],
    ['its way to authenticate', { tokenEndpointAuthMethod: 'none' }],
  ])('is revoked, this very second included, when it loses %s', (_, before) => {
    expect(validAfter({ ...registered, ...before })).toBe(now + 1)
  })

  const pairwise = { subject_type: 'pairwise' }
  const moved = { ...pairwise, redirect_uris: ['https://victim.example/callback'] }
  const asDeclared = (more: object) => toClient(tenant, metadata(more), undefined, now)

  test.each<[string, object, object]>([
    ['other subjects than before', {}, pairwise],
    ['the subjects of another sector', pairwise, moved],
  ])('oidc core section 12.2: is revoked when it is to get %s', (_, before, after) => {
    expect(toClient(tenant, metadata(after), asDeclared(before), now).validAfter).toBe(now + 1)
  })

  test('oidc core section 8.1: stays valid while its sector does, wherever in it the client moves', () => {
    const near = { ...pairwise, redirect_uris: ['https://app.example/elsewhere'] }
    expect(toClient(tenant, metadata(near), asDeclared(pairwise), now).validAfter).toBe(0)
  })
})
