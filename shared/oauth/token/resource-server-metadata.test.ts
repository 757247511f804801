import { expect, test } from 'vitest'
import { tenant } from '../../../test/support/builders.ts'
import { resourceServerMetadata, toResourceServer } from './resource-server-metadata.ts'

const orders = { identifier: 'https://orders.example/', name: 'Orders' }

test('a resource server is named, and has nothing else unless it is declared', () => {
  const metadata = resourceServerMetadata.parse(orders)
  expect(toResourceServer(tenant().id, metadata)).toEqual({
    tenant: tenant().id,
    ...orders,
    scopes: [],
  })
})

test('what is declared of its tokens is what they are like', () => {
  const metadata = resourceServerMetadata.parse({
    ...orders,
    scopes: ['orders:read'],
    access_token_format: 'opaque',
    access_token_signing_alg: 'ES256',
    access_token_lifetime_seconds: 60,
    introspection_client: 'orders-api',
  })
  expect(toResourceServer(tenant().id, metadata)).toEqual({
    tenant: tenant().id,
    ...orders,
    scopes: ['orders:read'],
    accessTokenFormat: 'opaque',
    accessTokenSigningAlg: 'ES256',
    accessTokenLifetime: 60,
    introspectionClient: 'orders-api',
  })
})

test.each([
  ['rfc8707 section 2: a relative URI', { identifier: '/orders' }],
  ['rfc8707 section 2: a fragment', { identifier: 'https://orders.example/#a' }],
  ['a scope that is two', { scopes: ['orders:read orders:write'] }],
  ['a scope twice', { scopes: ['a', 'a'] }],
  ['an unsigned token', { access_token_signing_alg: 'none' }],
  ['a lifetime above an hour', { access_token_lifetime_seconds: 3601 }],
  ['an unknown member', { audience: 'x' }],
])('%s is refused', (_, wrong) => {
  expect(resourceServerMetadata.safeParse({ ...orders, ...wrong }).success).toBe(false)
})
