import { expect, test } from 'vitest'
import { reservedTenantIds, tenantId } from './tenant-id.ts'

test('a tenant id is lower-case words of letters and digits joined by hyphens', () => {
  for (const text of ['demo', 'a1', 'harbour-works', '42', 'a-b-c', 'x'.repeat(40)]) {
    expect(tenantId(text)).toBe(text)
  }
})

test('a tenant id has 2 to 40 characters', () => {
  expect(tenantId('a')).toBeUndefined()
  expect(tenantId('')).toBeUndefined()
  expect(tenantId('x'.repeat(41))).toBeUndefined()
})

test('a tenant id holds nothing that a key, a path or a host name could read otherwise', () => {
  for (const text of [
    'Demo',
    'de mo',
    'a#b',
    'a/b',
    'a.b',
    'a_b',
    'ä1',
    '-a',
    'a-',
    'a--b',
    'ab\n',
    '%61b',
  ]) {
    expect(tenantId(text), text).toBeUndefined()
  }
})

test('a reserved name is no tenant id', () => {
  for (const name of reservedTenantIds) expect(tenantId(name), name).toBeUndefined()
})
