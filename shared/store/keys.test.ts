import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ClientId, type TenantId, trusted, type UserId } from '#shared/kernel/ids.ts'
import { key } from './keys.ts'

const tenant = trusted<TenantId>('acme')
const user = trusted<UserId>('dXNlcg')
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 3000 }), fc.string())

test('whatever is typed gives a valid key, and never a separator more', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const keys = [
        key.userName(tenant, text),
        key.groupName(tenant, text),
        key.client(tenant, trusted<ClientId>(text)),
        key.consent(tenant, user, trusted<ClientId>(text)),
      ]
      for (const { pk, sk } of keys) {
        expect(pk.split('#')).toHaveLength(3)
        expect(Buffer.byteLength(pk)).toBeLessThanOrEqual(2048)
        expect(Buffer.byteLength(sk)).toBeLessThanOrEqual(1024)
      }
    }),
  )
})

test('different client ids never share a key, however long', () => {
  const ids = ['a', 'A', 'a#', 'a%23', 'x'.repeat(5000), 'x'.repeat(5001), 'sha256=']
  const keys = ids.map((id) => key.client(tenant, trusted<ClientId>(id)).pk)
  expect(new Set(keys).size).toBe(ids.length)
})

test('rfc7643 section 4.1.1: user names that differ in case alone share a key', () => {
  expect(key.userName(tenant, 'Zoë')).toEqual(key.userName(tenant, 'ZOE\u0308'))
  expect(key.userName(tenant, 'ada')).not.toEqual(key.userName(tenant, 'adam'))
})

test('the entity word leads, then the tenant', () => {
  expect(key.family(tenant, user, trusted('family')).pk).toBe('FAMILY#acme#dXNlcg')
  expect(key.password(tenant, user).pk).toBe('PASSWORD#acme#dXNlcg')
})
