import { expect, test } from 'vitest'
import { client, tenant } from '../../../test/support/builders.ts'
import { verifyEntitlement } from './resource-entitlement.ts'

const server = (...scopes: readonly string[]) => ({
  tenant: tenant().id,
  identifier: 'https://orders.example/',
  name: 'Orders',
  scopes,
})
const machine = client({ scopes: ['openid', 'orders:read'] })

const refused = expect.objectContaining({ code: 'invalid_target', status: 400 })

test.each([
  ['that declares no scopes', server()],
  ['of whose scopes the client has none', server('stock:read')],
  ['that declares only what speaks of people', server('openid')],
])('rfc8707 section 2: a resource server %s is not for any client', (_, target) => {
  expect(() => verifyEntitlement(machine, [target])).toThrow(refused)
})

test('rfc8707 section 2: one of several is refused like the only one', () => {
  const other = { ...server(), identifier: 'https://stock.example/' }
  expect(() => verifyEntitlement(machine, [server('orders:read'), other])).toThrow(refused)
})

test('a scope of the resource server entitles, and so does its name', () => {
  const named = client({ scopes: [], resources: [server().identifier] })
  expect(() => verifyEntitlement(machine, [server('orders:read', 'orders:write')])).not.toThrow()
  expect(() => verifyEntitlement(named, [server()])).not.toThrow()
})
