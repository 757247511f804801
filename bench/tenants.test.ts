import { expect, test } from 'vitest'
import { renamed } from './tenants.ts'

test('items of a tenant keep everything but its name', () => {
  const items = [
    { pk: 'TENANT#acme', sk: '#', displayName: 'Acme' },
    { pk: 'CLIENT#acme#machine', sk: '#' },
  ]
  expect(renamed(items, 'acme', 'idle-7')).toEqual([
    { pk: 'TENANT#idle-7', sk: '#', displayName: 'Acme' },
    { pk: 'CLIENT#idle-7#machine', sk: '#' },
  ])
})
