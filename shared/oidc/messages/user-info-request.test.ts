import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyForm, anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { parseUserInfoRequest } from './user-info-request.ts'

const parse = (authorization?: string, form = '') =>
  parseUserInfoRequest('GET', { authorization }, new URLSearchParams(form))

describe('rfc6750 section 2: the token is sent', () => {
  test('rfc6750 section 2.1: in the Authorization header', () => {
    expect(parse('Bearer mF_9.B5f-4.1JqM').token.reveal()).toBe('mF_9.B5f-4.1JqM')
    expect(parse('bearer  a+/~==').token.reveal()).toBe('a+/~==')
  })

  test('rfc6750 section 2.2: in a form', () => {
    expect(parse(undefined, 'access_token=mF_9.B5f-4.1JqM').token.reveal()).toBe('mF_9.B5f-4.1JqM')
  })

  test('rfc9449 section 7.1: under the scheme DPoP', () => {
    const { token, scheme } = parse('dpop a.b.c')
    expect([token.reveal(), scheme]).toEqual(['a.b.c', 'DPoP'])
    expect(parse(undefined, 'access_token=a').scheme).toBe('Bearer')
  })

  test.each([
    ['header and form', 'Bearer a', 'access_token=a'],
    ['the form twice', undefined, 'access_token=a&access_token=a'],
  ])('rfc6750 section 2: not by more than one method: %s', (_, authorization, form) => {
    expect(thrownBy(() => parse(authorization, form))).toMatchObject({
      code: 'invalid_request',
      status: 400,
      rule: 'oauth/bearer/two-tokens',
    })
  })
})

test.each([undefined, 'Basic d2ViOnM=', 'Digest x', 'bearerish a'])(
  'rfc6750 section 3.1: without a token no error is told: %s',
  (authorization) => {
    expect(thrownBy(() => parse(authorization))).toMatchObject({
      code: 'missing_token',
      status: 401,
      rule: 'oauth/bearer/missing',
    })
  },
)

test.each([
  'Bearer',
  'Bearer ',
  'Bearer a b',
  'Bearer a,Bearer b',
  'Bearer "a"',
  'Bearer =a',
  'Bearer\ta',
  'DPoP',
  'DPoP a b',
])('rfc6750 section 3.1: a malformed header is invalid_request: %s', (authorization) => {
  expect(thrownBy(() => parse(authorization))).toMatchObject({
    code: 'invalid_request',
    status: 400,
    rule: 'oauth/bearer/shape',
  })
})

test('what is presented cannot be printed', () => {
  expect(JSON.stringify(parse('Bearer hunter2'))).not.toContain('hunter2')
})

test('no header and no form at all make parsing throw anything but a refusal', () => {
  const header = fc.option(
    fc.oneof(
      anyText,
      anyText.map((text) => `Bearer ${text}`),
      anyText.map((text) => `DPoP ${text}`),
    ),
    { nil: undefined },
  )
  fc.assert(
    fc.property(header, anyForm({ access_token: ['a.b.c'] }), (authorization, form) => {
      parsesOrRefuses(() => parseUserInfoRequest('POST', { authorization }, form))
    }),
    { numRuns: 500 },
  )
})
