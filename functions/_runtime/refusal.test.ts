import { describe, expect, test } from 'vitest'
import { AuthorizationError } from '#shared/oauth/authorization/authorization-error.ts'
import { invalidGrant, tooManyRequests } from '#shared/oauth/errors.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { refusalOf, retryAfter } from './refusal.ts'

const refusal = invalidGrant('oauth/code/expired', 'the code has expired', new Error('private'))

test('a refusal tells its code, status, description and rule, and no cause', () => {
  expect(refusalOf(refusal)).toStrictEqual({
    code: 'invalid_grant',
    status: 400,
    description: 'the code has expired',
    rule: 'oauth/code/expired',
  })
})

test('rfc6585 section 4: who has tried too often is told when the window is over', () => {
  const refused = refusalOf(tooManyRequests('oauth/device/too-many', 'too many devices'))
  expect([refused.status, retryAfter(refused)]).toEqual([429, { 'retry-after': '900' }])
})

test('a refusal for the client says where it goes', () => {
  const response = { kind: 'redirect', location: 'https://app.example/callback' } as const
  expect(refusalOf(new AuthorizationError(response, refusal))).toMatchObject({
    code: 'invalid_grant',
    response,
  })
})

describe('a store that does not answer', () => {
  const unavailable = (committed: 'no' | 'unknown') =>
    refusalOf(new StoreUnavailable(committed, new Error('throttled')))

  test('rfc9110 section 15.6.4: is 503, and may be asked again when nothing was written', () => {
    expect(unavailable('no')).toMatchObject({
      code: 'temporarily_unavailable',
      status: 503,
      rule: 'store/unavailable/committed-no',
    })
    expect(retryAfter(unavailable('no'))).toEqual({ 'retry-after': '1' })
  })

  test('must not be asked again when something may have been: a repetition would look like theft', () => {
    expect(unavailable('unknown')).toMatchObject({ status: 503 })
    expect(retryAfter(unavailable('unknown'))).toEqual({})
  })
})

test.each([new TypeError('secret detail'), 'a text', undefined, null, { code: 'x', status: 200 }])(
  'anything else is 500, and tells the caller nothing: %s',
  (thrown) => {
    const { cause, ...told } = refusalOf(thrown)
    expect(told).toStrictEqual({
      code: 'server_error',
      status: 500,
      description: 'the service failed to answer',
      rule: 'runtime/unexpected',
    })
    expect(cause).toBe(thrown)
    expect(retryAfter(refusalOf(thrown))).toEqual({})
  },
)
