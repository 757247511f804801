import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyForm, anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import type { ClientHeaders } from '../authentication/client-authentication.ts'
import { parseIntrospectionRequest } from './introspection-request.ts'

const authorization = `Basic ${btoa('api:s3cret')}`

const read = (form: URLSearchParams, headers: ClientHeaders, accept?: string) =>
  parseIntrospectionRequest(form, headers, '203.0.113.9', accept)

const parse = (accept: string | undefined) =>
  read(new URLSearchParams({ token: 'abc' }), { authorization }, accept)

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

describe('rfc9701 section 5: who does not authenticate is refused with 400', () => {
  test.each([[{}], [{ client_id: 'api' }], [{ token_type_hint: 'access_token' }]])('%j', (more) => {
    const form = new URLSearchParams({ token: 'abc', ...more })
    expect(thrownBy(() => read(form, { dpop: 'e30.e30.c2ln' }))).toMatchObject({
      code: 'invalid_client',
      status: 400,
      rule: 'oauth/introspection/unauthenticated',
    })
  })

  test.each<[string, Record<string, string>, ClientHeaders]>([
    ['a header that is none', {}, { authorization: 'Bearer x' }],
    ['a secret of nobody', { client_secret: 's3cret' }, {}],
  ])('rfc7662 section 2.3: %s is 401', (_, more, headers) => {
    const form = new URLSearchParams({ token: 'abc', ...more })
    expect(thrownBy(() => read(form, headers))).toMatchObject({
      code: 'invalid_client',
      status: 401,
    })
  })
})

test('no form, no header and no Accept make the parser throw anything but a refusal', () => {
  const form = anyForm({ token: ['abc'], client_id: ['api'], client_secret: ['s3cret'] })
  const header = fc.option(anyText, { nil: undefined })
  fc.assert(
    fc.property(form, header, anyText, (sent, basic, accept) => {
      parsesOrRefuses(() => read(sent, { authorization: basic }, accept))
    }),
  )
})
