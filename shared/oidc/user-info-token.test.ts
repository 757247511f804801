import { describe, expect, test } from 'vitest'
import { inSeconds, now, tenant } from '../../test/support/builders.ts'
import { thrownBy } from '../../test/support/refusals.ts'
import { readUserInfoToken } from './user-info-token.ts'

const { issuer } = tenant()

const claims = {
  iss: issuer,
  aud: issuer,
  exp: inSeconds(1),
  iat: inSeconds(-299),
  client_id: 'web',
  scope: 'openid profile',
  hdl: 'sealed',
}

const read = (changed: Readonly<Record<string, unknown>>) =>
  readUserInfoToken({ ...claims, ...changed }, issuer, now)

const invalid = (rule: string) => ({
  code: 'invalid_token',
  status: 401,
  rule: `oidc/userinfo/${rule}`,
})

test('rfc9068 section 4: a token that holds says whom it speaks for, and what it allows', () => {
  expect(read({})).toEqual({
    client: 'web',
    scopes: ['openid', 'profile'],
    handle: 'sealed',
    issuedAt: inSeconds(-299),
  })
  expect(read({ aud: ['https://api.example', issuer] })).toMatchObject({ handle: 'sealed' })
})

test('rfc9068 section 4: a token that this issuer has not signed is invalid_token', () => {
  expect(thrownBy(() => readUserInfoToken(undefined, issuer, now))).toMatchObject(invalid('token'))
})

test.each([{ exp: undefined }, { exp: '1900000000' }, { iat: undefined }, { iat: null }])(
  'rfc9068 section 2.2: exp and iat are required: %j',
  (changed) => {
    expect(thrownBy(() => read(changed))).toMatchObject(invalid('token'))
  },
)

test('rfc6750 section 3.1: an expired token is invalid_token, from the second of exp on', () => {
  expect(thrownBy(() => read({ exp: now }))).toMatchObject(invalid('expired'))
})

test.each([
  { aud: 'https://api.example' },
  { aud: [] },
  { aud: undefined },
  { aud: `${issuer}/` },
  { client_id: undefined },
])('rfc9068 section 4: a token that does not name this resource is rejected: %j', (changed) => {
  expect(thrownBy(() => read(changed))).toMatchObject(invalid('audience'))
})

describe('rfc6750 section 3.1: insufficient_scope', () => {
  const insufficient = { code: 'insufficient_scope', status: 403, rule: 'oidc/userinfo/scope' }

  test.each([
    { scope: 'profile' },
    { scope: undefined },
    { scope: 'openid2' },
    { scope: ['openid'] },
  ])('oidc core section 5.3.1: a token of a request without openid: %j', (changed) => {
    expect(thrownBy(() => read(changed))).toMatchObject(insufficient)
  })

  test('a token that speaks for no user', () => {
    expect(thrownBy(() => read({ hdl: undefined }))).toMatchObject(insufficient)
  })
})
