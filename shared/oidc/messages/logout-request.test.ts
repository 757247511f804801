import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyForm, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { parseLogoutRequest } from './logout-request.ts'

const parse = (query: string, isPosted = false) =>
  parseLogoutRequest(new URLSearchParams(query), isPosted)

test('rp-initiated logout section 2: every parameter is optional', () => {
  expect(parse('')).toEqual({ isConfirmed: false })
})

test('rp-initiated logout section 2: the parameters that count', () => {
  const query =
    'id_token_hint=jwt&client_id=web&post_logout_redirect_uri=https://app.example&state=s&ui_locales=de&logout_hint=x'
  expect(parse(query)).toEqual({
    idTokenHint: 'jwt',
    clientId: 'web',
    postLogoutRedirectUri: 'https://app.example',
    state: 's',
    uiLocales: 'de',
    logoutHint: 'x',
    isConfirmed: false,
  })
})

test('rp-initiated logout section 6: only a form can press the button, a link cannot', () => {
  expect(parse('confirm=yes', true).isConfirmed).toBe(true)
  expect(parse('confirm=yes', false).isConfirmed).toBe(false)
  expect(parse('confirm=', true).isConfirmed).toBe(false)
})

test.each([
  ['oidc/logout/repeated-parameter', 'state=a&state=b'],
  ['oidc/logout/repeated-parameter', 'id_token_hint=a&id_token_hint=a'],
  ['oidc/logout/client-id', `client_id=${encodeURIComponent('n\u00e4me')}`],
  ['oidc/logout/client-id', 'client_id=a%0Ab'],
])('rp-initiated logout section 4: %s: %s', (rule, query) => {
  expect(thrownBy(() => parse(query))).toMatchObject({ code: 'invalid_request', status: 400, rule })
})

test('no request at all makes parsing throw anything but a refusal', () => {
  const form = anyForm({
    id_token_hint: ['a.b.c'],
    client_id: ['web'],
    post_logout_redirect_uri: ['https://app.example'],
    confirm: ['yes'],
  })
  fc.assert(
    fc.property(form, fc.boolean(), (sent, isPosted) => {
      parsesOrRefuses(() => parseLogoutRequest(sent, isPosted))
    }),
    { numRuns: 500 },
  )
})
