import { expect, test } from 'vitest'
import { withQuery } from './with-query.ts'

test.each([
  ['https://app.example/cb', 'https://app.example/cb?state=a+b'],
  ['https://app.example/cb?x=%41', 'https://app.example/cb?x=%41&state=a+b'],
])('rfc6749 section 3.1.2: the query of %s is kept when more is added', (uri, expected) => {
  expect(withQuery(uri, { state: 'a b' })).toBe(expected)
})
