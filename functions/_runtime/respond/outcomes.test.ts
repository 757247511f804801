import { describe, expect, test } from 'vitest'
import { Secret } from '#shared/kernel/secret.ts'
import { parseLogoutRequest } from '#shared/oidc/messages/logout-request.ts'
import { client, inSeconds, session, tenant, user } from '../../../test/support/builders.ts'
import { httpEvent } from '../../../test/support/http-events.ts'
import { readRequest } from '../http-request.ts'
import { toResult } from '../http-response.ts'
import { authorizationOutcome } from './authorization.ts'
import { consentOutcome } from './consent.ts'
import { clearedBrowserStateCookie, clearedSessionCookie } from './cookies.ts'
import { jsonNoStore, jsonPublic } from './json.ts'
import { logoutOutcome } from './logout.ts'
import { seeOther } from './redirect.ts'
import { signInOutcome } from './sign-in.ts'

const scene = { request: readRequest(httpEvent()), tenant: tenant() }

test('rfc6749 section 5.1: tokens are not stored on the way', () => {
  expect(jsonNoStore({ a: 1 })).toEqual({
    status: 200,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      pragma: 'no-cache',
    },
    body: '{"a":1}',
  })
})

test('rfc8414 section 3.2: a public document is for any origin, and may be kept a while', () => {
  expect(jsonPublic({}, 300).headers).toMatchObject({
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=300',
  })
})

test('everything says that it is what it says, and over https for ever', () => {
  const { headers } = toResult(jsonNoStore({}))
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'strict-transport-security': expect.stringMatching(/^max-age=\d{8,}/),
  })
})

test('rfc9700 section 4.12 and oidc core section 16.22: a redirect is 303, so that no browser posts a password again', () => {
  expect(seeOther('https://app.example')).toMatchObject({
    status: 303,
    headers: {
      location: 'https://app.example',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
  })
})

describe('rfc6265 section 4.1.2: cookies are Secure, HttpOnly, Lax and of their tenant alone', () => {
  const attributes = 'Path=/acme; Secure; HttpOnly; SameSite=Lax'

  test('the session, kept until the browser closes', () => {
    const sessionCookie = new Secret('value')
    const outcome = { kind: 'signed-in', location: '/acme/x', sessionCookie } as const
    expect(signInOutcome(outcome, scene)).toMatchObject({
      status: 303,
      headers: { location: '/acme/x' },
      cookies: [
        `__Secure-sallyport-session=value; ${attributes}`,
        expect.stringMatching(
          /^__Secure-sallyport-state=[\w-]{43}; Max-Age=28800; Path=\/acme; Secure; SameSite=None$/,
        ),
      ],
    })
  })

  test('taken back', () => {
    expect(clearedSessionCookie(tenant())).toBe(
      `__Secure-sallyport-session=; Max-Age=0; ${attributes}`,
    )
  })
})

describe('the outcomes of the authorization endpoint', () => {
  test('a code goes to the client', () => {
    const response = { kind: 'redirect', location: 'https://app.example/callback?code=c' } as const
    expect(authorizationOutcome({ kind: 'answer', response }, scene)).toMatchObject({
      status: 303,
      headers: { location: 'https://app.example/callback?code=c' },
    })
  })

  test('form_post section 2 and 4: or in a form that sends itself, which is not stored', () => {
    const form = {
      kind: 'form-post',
      action: 'https://app.example/cb',
      fields: { code: '"c"' },
    } as const
    const answer = authorizationOutcome({ kind: 'answer', response: form }, scene)
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    expect(answer.body).toContain('&quot;c&quot;')
  })
})

describe('the consent page', () => {
  test('names the client, the user and the scopes', () => {
    const outcome = {
      kind: 'form',
      client: client(),
      signedIn: { session: session(), user: user({ displayName: 'Ada' }) },
      scopes: ['openid', 'email'],
      sealed: 'sealed',
      uiLocales: 'en',
    } as const
    const { status, body } = consentOutcome(outcome, scene)
    expect(status).toBe(200)
    for (const text of ['Harbour', 'Ada', 'value="sealed"', 'action="/acme/signin/consent"']) {
      expect(body).toContain(text)
    }
  })

  test('goes on once it is answered', () => {
    const { status, headers } = consentOutcome({ kind: 'answered', location: '/acme/x' }, scene)
    expect([status, headers['location']]).toEqual([303, '/acme/x'])
  })
})

describe('the outcomes of signing out', () => {
  const request = parseLogoutRequest(new URLSearchParams('state=s&client_id=web'), false)
  const cleared = [clearedSessionCookie(tenant()), clearedBrowserStateCookie(tenant())]

  test('rp-initiated logout section 2: a POST is asked again, and no cookie is touched', () => {
    const location = 'https://id.example/acme/oauth2/logout?state=s'
    const answer = logoutOutcome({ kind: 'ask-again', location }, scene)
    expect(answer).toMatchObject({ status: 303, headers: { location }, cookies: [] })
  })

  test('rp-initiated logout section 6: the question brings the request along, and keeps the session', () => {
    const answer = logoutOutcome({ kind: 'confirm', request, client: client() }, scene)
    expect(answer.cookies).toBeUndefined()
    for (const text of ['Harbour', 'name="state"', 'name="client_id"', 'name="confirm"']) {
      expect(answer.body).toContain(text)
    }
  })

  test('rp-initiated logout section 3: signed out, the cookie is taken back', () => {
    const out = { kind: 'signed-out', request, client: client(), frames: [] } as const
    expect(logoutOutcome({ ...out, location: undefined }, scene)).toMatchObject({
      status: 200,
      cookies: cleared,
    })
    expect(logoutOutcome({ ...out, location: 'https://app.example/bye' }, scene)).toMatchObject({
      status: 303,
      headers: { location: 'https://app.example/bye' },
      cookies: cleared,
    })
  })

  test('front-channel logout section 3: apps are loaded in frames before the browser goes on', () => {
    const answer = logoutOutcome(
      {
        kind: 'signed-out',
        request,
        client: client(),
        location: 'https://app.example/bye?state=s',
        frames: [
          'https://one.example/out?iss=i',
          'https://two.example/out',
          'https://two.example/b',
        ],
      },
      scene,
    )
    expect(answer).toMatchObject({ status: 200, cookies: cleared })
    expect(answer.headers['content-security-policy']).toContain(
      '; frame-src https://one.example https://two.example; ',
    )
    expect(answer.body?.match(/<iframe src="[^"]*"/g)).toHaveLength(3)
    expect(answer.body).toContain('<a rel="next" href="https://app.example/bye?state=s">')
  })
})

describe('the sign-in page', () => {
  const interaction = {
    returnTo: 'oauth2/authorize/resume',
    request: 'a=b',
    client: client().id,
    clientName: 'Harbour',
    browser: 'hash',
    expiresAt: inSeconds(60),
    requirements: {},
    loginHint: 'ada@example.com',
    uiLocales: 'fr',
  } as const
  const form = { kind: 'form', interaction, sealed: 'sealed' } as const

  test('oidc core section 3.1.2.1: knows login_hint and ui_locales', () => {
    const { status, body } = signInOutcome(form, scene)
    expect(status).toBe(200)
    for (const text of ['lang="fr"', 'value="ada@example.com"', 'value="sealed"']) {
      expect(body).toContain(text)
    }
  })

  test.each([
    ['wrong-password', 422],
    ['too-many-attempts', 429],
  ] as const)('after %s is %i, with what was typed as the user name', (problem, status) => {
    const answer = signInOutcome({ ...form, problem, userName: '"><script>' }, scene)
    expect(answer.status).toBe(status)
    expect(answer.cookies).toBeUndefined()
    expect(answer.body).toContain('value="&quot;&gt;&lt;script&gt;"')
  })
})
