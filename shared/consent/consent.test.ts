import { expect, test } from 'vitest'
import { scopesAt } from './consent.ts'

test('rfc8707 section 2.1: access is a scope at a resource', () => {
  const [orders, stock] = ['https://orders.example', 'https://stock.example']
  expect(scopesAt([orders, stock], ['read', 'write'])).toEqual([
    'https://orders.example read',
    'https://orders.example write',
    'https://stock.example read',
    'https://stock.example write',
  ])
  expect(scopesAt([], ['read'])).toEqual([])
})
