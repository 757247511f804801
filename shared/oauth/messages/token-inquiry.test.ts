import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyForm, anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { parseTokenInquiry } from './token-inquiry.ts'

const parse = (fields: string, headers = {}) =>
  parseTokenInquiry(new URLSearchParams(fields), headers, '203.0.113.9')

test('rfc7662 section 2.1: the token, and the client that asks', () => {
  const { client, token, address } = parse('token=abc&token_type_hint=access_token&client_id=spa')
  expect(token.reveal()).toBe('abc')
  expect(client).toEqual({ method: 'none', id: 'spa' })
  expect(address).toBe('203.0.113.9')
})

test.each(['token_type_hint=refresh_token', 'token_type_hint=nonsense', ''])(
  'rfc7009 section 2.1: any hint, or none, is no reason to refuse: %s',
  (hint) => {
    expect(parse(`token=abc&client_id=spa&${hint}`).token.reveal()).toBe('abc')
  },
)

test('rfc7662 section 2.1: token is required', () => {
  const refused = { code: 'invalid_request', rule: 'oauth/inquiry/token-missing' }
  expect(thrownBy(() => parse('client_id=spa'))).toMatchObject(refused)
  expect(thrownBy(() => parse('client_id=spa&token='))).toMatchObject(refused)
})

test('rfc6749 section 3.2: a parameter that is repeated is invalid_request', () => {
  expect(thrownBy(() => parse('token=a&token=b&client_id=spa'))).toMatchObject({
    code: 'invalid_request',
    rule: 'oauth/inquiry/repeated-parameter',
  })
})

test('rfc7009 section 2.1: a request that names no client is invalid_client', () => {
  expect(thrownBy(() => parse('token=a'))).toMatchObject({ code: 'invalid_client', status: 401 })
})

test('no form and no header makes the parser throw anything but a protocol error', () => {
  const form = anyForm({
    token: ['abc'],
    token_type_hint: ['access_token'],
    client_id: ['web'],
    client_secret: ['s'],
    client_assertion: ['a.b.c'],
    client_assertion_type: ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
  })
  const authorization = fc.option(anyText, { nil: undefined })
  fc.assert(
    fc.property(form, authorization, (sent, header) => {
      parsesOrRefuses(() => parseTokenInquiry(sent, { authorization: header }, '203.0.113.9'))
    }),
  )
})
