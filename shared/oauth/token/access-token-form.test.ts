import { expect, test } from 'vitest'
import { seconds } from '#shared/kernel/time.ts'
import { tenant as anyTenant, client } from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import type { Client } from '../client/client.ts'
import { accessTokenForm } from './access-token-form.ts'
import type { ResourceServer } from './resource-server.ts'

const tenant = () => {
  const { settings, ...more } = anyTenant()
  const signingAlgorithms = ['RS256', 'PS256', 'ES256'] as const
  return { ...more, settings: { ...settings, signingAlgorithms } }
}

const resource = (more: Partial<ResourceServer> = {}): ResourceServer => ({
  tenant: tenant().id,
  identifier: 'https://orders.example/',
  name: 'Orders',
  scopes: [],
  ...more,
})

const formOf = (registered: Partial<Client>, ...resources: readonly ResourceServer[]) =>
  accessTokenForm(tenant(), client(registered), resources)

test('without further words a token is a JWT with what the tenant has set', () => {
  expect(formOf({})).toEqual({ format: 'jwt', alg: 'RS256', lifetime: 300 })
  expect(formOf({}, resource())).toEqual({ format: 'jwt', alg: 'RS256', lifetime: 300 })
})

test('the client decides what the resource server leaves open', () => {
  const registered = { accessTokenFormat: 'opaque', accessTokenSigningAlg: 'ES256' } as const
  expect(formOf(registered)).toMatchObject({ format: 'opaque', alg: 'ES256' })
  expect(formOf(registered, resource())).toMatchObject({ format: 'opaque', alg: 'ES256' })
  const decided = resource({ accessTokenFormat: 'jwt', accessTokenSigningAlg: 'PS256' })
  expect(formOf(registered, decided)).toMatchObject({ format: 'jwt', alg: 'PS256' })
})

test('a token lives as briefly as the strictest of its resource servers wants', () => {
  const brief = resource({ accessTokenLifetime: seconds(60) })
  const long = resource({ accessTokenLifetime: seconds(3600) })
  expect(formOf({}, brief, long)).toHaveProperty('lifetime', 60)
  expect(formOf({}, resource(), long)).toHaveProperty('lifetime', 300)
  expect(formOf({}, long)).toHaveProperty('lifetime', 3600)
})

test.each([
  [{ accessTokenFormat: 'opaque' }, {}],
  [{ accessTokenSigningAlg: 'ES256' }, { accessTokenSigningAlg: 'PS256' }],
  [{ accessTokenSigningAlg: 'ES256' }, {}],
] as const)(
  'rfc8707 section 2: resources that take different tokens are invalid_target: %j and %j',
  (one, other) => {
    expect(thrownBy(() => formOf({}, resource(one), resource(other)))).toMatchObject({
      code: 'invalid_target',
      status: 400,
      rule: 'oauth/resource/mixed',
    })
  },
)

test('rfc8707 section 2: resources that come to take the same token share it', () => {
  const opaque = resource({ accessTokenFormat: 'opaque' })
  expect(formOf({ accessTokenFormat: 'opaque' }, opaque, resource()).format).toBe('opaque')
})

test('an algorithm that the tenant does not sign with gives way to its default', () => {
  expect(formOf({ accessTokenSigningAlg: 'ML-DSA-44' })).toHaveProperty('alg', 'RS256')
})
