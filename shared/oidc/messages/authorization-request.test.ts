import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seconds } from '#shared/kernel/time.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { callback, client, publicClient, tenant } from '../../../test/support/builders.ts'
import { anyForm, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { parseAuthorizationRequest, parseResponseTarget } from './authorization-request.ts'
import { readSentRequest } from './sent-request.ts'

const { issuer } = tenant()
const required = {
  client_id: 'web',
  redirect_uri: callback,
  response_type: 'code',
  scope: 'openid',
}
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

const sentBy = (form: URLSearchParams | Record<string, string>) =>
  readSentRequest(new URLSearchParams(form).toString())

const asking = (by: Client) => ({ tenant: tenant(), client: by })

const target = (more: Record<string, string> = {}, by = client()) =>
  parseResponseTarget(sentBy({ ...required, ...more }), by, issuer)

const parse = (more: Record<string, string> = {}, by = client()) =>
  parseAuthorizationRequest(sentBy({ ...required, ...more }), asking(by), target(more, by))

const repeated = (text: string) =>
  sentBy(new URLSearchParams(`${new URLSearchParams(required)}&${text}`))

describe('where the answer goes', () => {
  test('rfc6749 section 4.1.2.1: to the verified redirect URI, with state', () => {
    expect(target({ state: 'af0ifjsldkj' })).toEqual({
      redirectUri: callback,
      responseMode: 'query',
      state: 'af0ifjsldkj',
      issuer,
    })
  })

  test.each([
    ['is not registered', { redirect_uri: 'https://evil.example' }, 'unregistered'],
    ['is missing', { redirect_uri: '' }, 'missing'],
  ])('rfc6749 section 4.1.2.1: nowhere, when the redirect URI %s', (_, more, rule) => {
    expect(thrownBy(() => target(more))).toMatchObject({
      code: 'invalid_request',
      rule: `oauth/redirect-uri/${rule}`,
    })
  })

  test('rfc6749 section 3.1: nowhere, when two redirect URIs are sent, be both registered', () => {
    const sent = repeated(`redirect_uri=${callback}`)
    expect(thrownBy(() => parseResponseTarget(sent, client(), issuer))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/authorize/repeated-redirect-uri',
    })
  })

  test.each([
    [{ response_mode: 'form_post' }, 'form_post'],
    [{ response_mode: 'fragment' }, 'fragment'],
    [{ response_type: 'code id_token' }, 'fragment'],
  ])('oauth multiple response types section 2.1: %j is answered with %s', (more, mode) => {
    expect(target(more)).toHaveProperty('responseMode', mode)
  })

  test('oidc core section 3.1.2.6: nowhere, when we cannot answer in the mode that is asked for', () => {
    expect(thrownBy(() => target({ response_mode: 'web_message' }))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/response-mode',
    })
    const app = publicClient({ redirectUris: ['com.example.app:/cb'] })
    const more = { response_mode: 'form_post', redirect_uri: 'com.example.app:/cb' }
    expect(thrownBy(() => target(more, app))).toMatchObject({
      rule: 'oauth/response-mode/form-post',
    })
  })
})

/** What a request asks for that asks for nothing in particular. */
const plain = { responseType: 'code', resources: [], scopes: ['openid'], prompt: new Set() }

describe('what is asked for', () => {
  test('oidc core section 3.1.2.1: everything that counts', () => {
    const more = {
      scope: 'openid profile admin',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      nonce: 'n',
      prompt: 'login',
      max_age: '60',
      login_hint: 'ada',
      id_token_hint: 'jwt',
      ui_locales: 'de',
    }
    expect(parse(more)).toEqual({
      responseType: 'code',
      resources: [],
      scopes: ['openid', 'profile'],
      challenge,
      nonce: 'n',
      prompt: new Set(['login']),
      maxAge: 60,
      loginHint: 'ada',
      idTokenHint: 'jwt',
      uiLocales: 'de',
    })
  })

  test('rfc6749 section 3.1 and oidc core section 15.1 and oidc core section 5.2: what it does not know is ignored', () => {
    const unknown = { display: 'page', claims_locales: 'de', x: 'y' }
    expect(parse(unknown)).toEqual(plain)
  })

  test('oidc core section 3.1.2.1: a hint that no URL can carry on is passed over, not refused', () => {
    expect(parse({ login_hint: 'a'.repeat(320), ui_locales: 'b'.repeat(255) })).toMatchObject({
      loginHint: 'a'.repeat(320),
      uiLocales: 'b'.repeat(255),
    })
    expect(parse({ login_hint: 'a'.repeat(321), ui_locales: 'b'.repeat(256) })).toEqual(plain)
  })

  test('oidc registration section 2: default_max_age counts where max_age is not sent', () => {
    const by = client({ defaultMaxAge: seconds(7) })
    expect(parse({}, by)).toHaveProperty('maxAge', 7)
    expect(parse({ max_age: '9' }, by)).toHaveProperty('maxAge', 9)
    expect(parse({ max_age: '0' }, by)).toHaveProperty('maxAge', 0)
  })
})

describe('rfc6749 section 4.1.1 and 4.1.2.1: the client is told what is wrong', () => {
  test.each([
    ['invalid_request', 'oauth/response-type/missing', { response_type: '' }],
    ['unauthorized_client', 'oauth/response-type/unregistered', { response_type: 'token' }],
    ['unauthorized_client', 'oauth/response-type/unregistered', { response_type: 'code token' }],
    ['unsupported_response_type', 'oauth/response-type/unknown', { response_type: 'CODE' }],
    ['invalid_scope', 'oauth/scope/none', { scope: '' }],
    ['invalid_scope', 'oauth/scope/none', { scope: 'admin' }],
    ['invalid_scope', 'oauth/scope/shape', { scope: 'openid  email' }],
    ['invalid_request', 'oauth/pkce/method', { code_challenge: challenge }],
    ['invalid_request', 'oidc/prompt/none-with-others', { prompt: 'none login' }],
    ['invalid_request', 'oidc/max-age', { max_age: '-1' }],
    ['invalid_request', 'oidc/nonce/length', { nonce: 'n'.repeat(513) }],
    ['registration_not_supported', 'oidc/authorize/registration', { registration: '{}' }],
  ])('%s: %s', (code, rule, more: Record<string, string>) => {
    expect(thrownBy(() => parse(more))).toMatchObject({ code, rule })
  })

  test('invalid_request: a public client without PKCE', () => {
    expect(thrownBy(() => parse({}, publicClient()))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/pkce/required',
    })
  })

  test('unauthorized_client: a client that is not registered for codes', () => {
    const machine = client({ grantTypes: ['client_credentials'] })
    expect(thrownBy(() => parse({}, machine))).toMatchObject({
      code: 'unauthorized_client',
      rule: 'oauth/response-type/unregistered',
    })
  })

  const hybrid = client({
    grantTypes: ['authorization_code', 'implicit'],
    responseTypes: ['code token', 'code id_token', 'id_token'],
  })

  test.each(['code id_token', 'id_token'])(
    'oidc core section 3.2.2.1: a request for %s needs a nonce and the scope openid',
    (response_type) => {
      expect(thrownBy(() => parse({ response_type }, hybrid))).toMatchObject({
        code: 'invalid_request',
        rule: 'oidc/nonce/missing',
      })
      const withoutOpenid = { response_type, nonce: 'n', scope: 'profile' }
      expect(thrownBy(() => parse(withoutOpenid, hybrid))).toMatchObject({
        code: 'invalid_request',
        rule: 'oidc/authorize/openid',
      })
      expect(parse({ response_type, nonce: 'n' }, hybrid)).toHaveProperty('nonce', 'n')
    },
  )

  test('oidc core section 11 and 17.4: offline_access is ignored where no code is issued', () => {
    const by = client({ ...hybrid, scopes: ['openid', 'offline_access'] })
    const asked = { scope: 'openid offline_access', nonce: 'n' }
    expect(parse({ ...asked, response_type: 'id_token' }, by).scopes).toEqual(['openid'])
    expect(parse({ ...asked, response_type: 'code id_token' }, by).scopes).toContain(
      'offline_access',
    )
  })

  test('oidc core section 3.3.2.1: code token needs none, as its ID token comes later', () => {
    expect(parse({ response_type: 'token code' }, hybrid)).toMatchObject({
      responseType: 'code token',
    })
  })

  test('rfc7636 section 4.3: where no code is issued there is nothing to prove', () => {
    const app = { ...hybrid, tokenEndpointAuthMethod: 'none' } as const
    expect(parse({ response_type: 'id_token', nonce: 'n' }, app)).not.toHaveProperty('challenge')
    expect(thrownBy(() => parse({ response_type: 'code token' }, app))).toMatchObject({
      rule: 'oauth/pkce/required',
    })
  })

  test.each(['state=a&state=b', 'scope=openid', 'nonce=1&nonce=1', 'unknown=1&unknown=2'])(
    'rfc6749 section 3.1: parameters must not be included more than once: %s',
    (text) => {
      const refuse = () => parseAuthorizationRequest(repeated(text), asking(client()), target())
      expect(thrownBy(refuse)).toMatchObject({
        code: 'invalid_request',
        rule: 'oauth/authorize/repeated-parameter',
      })
    },
  )
})

test('no request at all makes parsing throw anything but a refusal', () => {
  const form = anyForm({
    redirect_uri: [callback],
    response_type: ['code', 'code id_token', 'token'],
    response_mode: ['query', 'fragment', 'form_post'],
    scope: ['openid', 'openid profile'],
    code_challenge: [challenge],
    code_challenge_method: ['S256', 'plain'],
    prompt: ['none', 'login consent'],
    max_age: ['0', '60'],
    state: ['s'],
  })
  fc.assert(
    fc.property(form, fc.boolean(), (fields, isPublic) => {
      const by = isPublic ? publicClient() : client()
      const sent = sentBy(fields)
      parsesOrRefuses(() => {
        const { redirectUri } = parseResponseTarget(sent, by, issuer)
        expect(redirectUri).toBe(callback)
      })
      parsesOrRefuses(() => {
        const { scopes, challenge: bound } = parseAuthorizationRequest(sent, asking(by), target())
        expect(by.scopes).toEqual(expect.arrayContaining([...scopes]))
        if (isPublic) expect(bound).toBeDefined()
      })
    }),
    { numRuns: 1000 },
  )
})
