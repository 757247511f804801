import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { parseAuthorizationInput } from './authorization-input.ts'

const cookies = { session: 's', browser: 'b', address: '203.0.113.9' }
const parse = (query: string, form?: string, isResumed = false) => {
  const sent = form === undefined ? undefined : new URLSearchParams(form)
  return parseAuthorizationInput({ isResumed, query, form: sent, ...cookies })
}

test('oidc core section 3.1.2.1: a request comes with GET or with POST', () => {
  expect(parse('client_id=web')).toEqual({ kind: 'request', request: 'client_id=web', ...cookies })
  expect(parse('', 'client_id=web')).toEqual({
    kind: 'posted',
    request: 'client_id=web',
    ...cookies,
  })
})

test('oidc core section 3.1.2.1: of a POST the form counts, not the query', () => {
  expect(parse('client_id=other', 'client_id=web')).toHaveProperty('request', 'client_id=web')
})

test('a posted request travels on as text that cannot break out of a URL', () => {
  const { request } = { request: '', ...parse('', 'state=%0D%0Aset-cookie%3A%20a%3Db%23') }
  expect(request).toBe('state=%0D%0Aset-cookie%3A+a%3Db%23')
})

test.each([
  ['GET', 'x'.repeat(4097), undefined],
  ['POST', '', `x=${'y'.repeat(4096)}`],
])('a request that is too long to travel on is refused: %s', (_, query, form) => {
  expect(thrownBy(() => parse(query, form))).toMatchObject({
    code: 'invalid_request',
    status: 413,
    rule: 'oidc/request-length',
  })
})

describe('coming back from the pages', () => {
  test('it brings its interaction', () => {
    expect(parse('interaction=sealed', undefined, true)).toEqual({
      kind: 'resume',
      interaction: 'sealed',
      ...cookies,
    })
  })

  test('without one there is nothing to go on with', () => {
    expect(thrownBy(() => parse('', undefined, true))).toMatchObject({
      code: 'interaction_expired',
    })
  })
})

test('no query at all makes parsing throw anything but a refusal', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.boolean(),
      (text, posts, resumes) => {
        parsesOrRefuses(() => parse(text, posts ? text : undefined, resumes))
      },
    ),
  )
})
