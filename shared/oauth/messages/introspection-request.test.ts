import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText, parsesOrRefuses } from '../../../test/support/refusals.ts'
import { parseIntrospectionRequest } from './introspection-request.ts'

const parse = (accept: string | undefined) =>
  parseIntrospectionRequest(
    new URLSearchParams({ token: 'abc', client_id: 'api' }),
    {},
    '203.0.113.9',
    accept,
  )

test.each([
  'application/token-introspection+jwt',
  'Application/Token-Introspection+JWT',
  'application/json;q=0.5, application/token-introspection+jwt;q=0.9',
])('rfc9701 section 4: who accepts a JWT is answered with one: %s', (accept) => {
  expect(parse(accept).wantsJwt).toBe(true)
})

test.each([
  undefined,
  '',
  '*/*',
  'application/*',
  'application/jwt',
  'application/json',
  'application/token-introspection+jwt;q=0',
  'application/token-introspection+jwt; q=0.000',
])('rfc7662 section 2.2: everybody else is answered with JSON: %s', (accept) => {
  expect(parse(accept).wantsJwt).toBe(false)
})

test('no Accept header makes the parser throw', () => {
  fc.assert(fc.property(anyText, (accept) => parsesOrRefuses(() => parse(accept))))
})
