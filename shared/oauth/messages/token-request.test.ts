import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyForm, anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { parseTokenRequest } from './token-request.ts'

const address = '203.0.113.9'

const parse = (form: string | Record<string, string>) =>
  parseTokenRequest(new URLSearchParams(form), {}, address)

const code = { client_id: 'spa', grant_type: 'authorization_code', code: 'c' }
const refresh = { client_id: 'spa', grant_type: 'refresh_token', refresh_token: 'r' }
const machine = { client_id: 'spa', grant_type: 'client_credentials' }

describe('what each grant brings', () => {
  test('rfc6749 section 4.1.3: code, redirect_uri and client; rfc7636: code_verifier', () => {
    const form = { ...code, redirect_uri: 'https://app.example', code_verifier: 'v' }
    expect(parse(form)).toEqual({
      client: { method: 'none', id: 'spa' },
      address,
      grantType: 'authorization_code',
      code: 'c',
      redirectUri: 'https://app.example',
      codeVerifier: 'v',
    })
  })

  test('rfc6749 section 6: refresh_token and scope', () => {
    expect(parse({ ...refresh, scope: 'a b' })).toMatchObject({
      grantType: 'refresh_token',
      refreshToken: 'r',
      scopes: ['a', 'b'],
    })
  })

  test('rfc6749 section 4.4.2: scope', () => {
    expect(parse(machine)).toMatchObject({ grantType: 'client_credentials', scopes: [] })
  })
})

describe('rfc6749 section 5.2: a required parameter that is missing is invalid_request', () => {
  test.each([
    ['grant-type', { client_id: 'spa' }],
    ['grant-type', { client_id: 'spa', grant_type: '' }],
    ['code', { ...code, code: '' }],
    ['refresh-token', { ...refresh, refresh_token: '' }],
  ])('%s', (name, form) => {
    expect(thrownBy(() => parse(form))).toMatchObject({
      code: 'invalid_request',
      status: 400,
      rule: `oauth/token/${name}-missing`,
    })
  })
})

test.each(['password', 'implicit', 'AUTHORIZATION_CODE', 'toString', '__proto__', 'code'])(
  'rfc6749 section 5.2: %s is an unsupported_grant_type',
  (grantType) => {
    expect(thrownBy(() => parse({ ...code, grant_type: grantType }))).toMatchObject({
      code: 'unsupported_grant_type',
      status: 400,
      rule: 'oauth/token/grant-type',
    })
  },
)

test.each(['code=x', 'code=c', 'grant_type=refresh_token', 'client_id=spa', 'unknown=1&unknown=2'])(
  'rfc6749 section 3.2: parameters must not be included more than once: %s',
  (more) => {
    expect(thrownBy(() => parse(`${new URLSearchParams(code)}&${more}`))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/token/repeated-parameter',
    })
  },
)

test('rfc6749 section 3.2: unrecognized parameters are ignored', () => {
  expect(parse({ ...machine, audience: 'x' })).toEqual(parse(machine))
})

test('rfc6749 section 5.2: a malformed scope is invalid_scope', () => {
  for (const form of [refresh, machine]) {
    expect(thrownBy(() => parse({ ...form, scope: 'a"b' }))).toMatchObject({
      code: 'invalid_scope',
      rule: 'oauth/scope/shape',
    })
  }
})

test('no form at all makes parsing throw anything but a refusal', () => {
  const form = anyForm({
    grant_type: ['authorization_code', 'refresh_token', 'client_credentials', 'password'],
    client_id: ['spa'],
    client_secret: ['s'],
    code: ['c'],
    redirect_uri: ['https://app.example'],
    refresh_token: ['r'],
    scope: ['openid', 'openid profile'],
  })
  const header = fc.option(anyText, { nil: undefined })
  fc.assert(
    fc.property(form, header, (sent, authorization) => {
      parsesOrRefuses(() => parseTokenRequest(sent, { authorization }, address))
    }),
    { numRuns: 500 },
  )
})
