import { expect, test } from 'vitest'
import { jsonPath } from './problem.ts'

test('rfc9535 section 2.1: a path begins at the root', () => {
  expect(jsonPath([])).toBe('$')
  expect(jsonPath(['tenants', 0, 'clients', 2, 'redirect_uris', 0])).toBe(
    '$.tenants[0].clients[2].redirect_uris[0]',
  )
})

test('rfc9535 section 2.3.1: any other name is quoted', () => {
  expect(jsonPath(['urn:x', 'a b', '"', '0'])).toBe('$["urn:x"]["a b"]["\\""]["0"]')
})
