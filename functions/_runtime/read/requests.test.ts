import { describe, expect, test } from 'vitest'
import { browserCookieName, sessionCookieName } from '#shared/session/session-cookie.ts'
import { formEvent, httpEvent } from '../../../test/support/http-events.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { readRequest } from '../http-request.ts'
import { readAuthorizationInput } from './authorization-input.ts'
import { readConsentRequest } from './consent-request.ts'
import { readLogoutInput } from './logout-input.ts'
import { readSignInRequest } from './sign-in-request.ts'
import { readUserInfoRequest } from './user-info-request.ts'

const cookies = [`${sessionCookieName}=s`, `${browserCookieName}=b`]
const headers = { origin: 'https://id.example' }

const visit = (query: string, route = 'GET /{tenant}/x') =>
  readRequest(httpEvent({ query, route, cookies }))
const post = (form: string) => readRequest(formEvent(form, { cookies, headers }))

describe('the sign-in page', () => {
  test('is visited with an interaction and the cookie of the browser', () => {
    expect(readSignInRequest(visit('interaction=i'))).toMatchObject({
      kind: 'show',
      interaction: 'i',
      browser: 'b',
    })
  })

  test('sends what was typed, from where it was sent and who sent it', () => {
    const request = readSignInRequest(post('interaction=i&username=ada&password=x'))
    expect(request).toMatchObject({
      kind: 'submit',
      interaction: 'i',
      browser: 'b',
      origin: 'https://id.example',
      attempt: { userName: 'ada', address: '203.0.113.9' },
    })
  })

  test('takes a password from a form alone, never from a link', () => {
    expect(readSignInRequest(visit('interaction=i&username=ada&password=x'))).toHaveProperty(
      'kind',
      'show',
    )
  })

  test('without an interaction must be opened by an app', () => {
    for (const request of [visit(''), post('username=ada')]) {
      expect(thrownBy(() => readSignInRequest(request))).toMatchObject({
        code: 'interaction_expired',
      })
    }
  })
})

describe('the consent page', () => {
  test('is visited with interaction, browser and session', () => {
    const expected = { kind: 'show', interaction: 'i', browser: 'b', session: 's' }
    expect(readConsentRequest(visit('interaction=i'))).toEqual(expected)
  })

  test('takes an answer from a form alone', () => {
    expect(readConsentRequest(visit('interaction=i&allow=yes'))).toHaveProperty('kind', 'show')
    expect(readConsentRequest(post('interaction=i&allow=yes'))).toMatchObject({
      kind: 'submit',
      answer: 'allow',
      origin: 'https://id.example',
      session: 's',
      address: '203.0.113.9',
    })
  })
})

describe('the authorization endpoint', () => {
  test('oidc core section 3.1.2.1: takes GET and POST', () => {
    expect(readAuthorizationInput(visit('a=b'))).toMatchObject({ kind: 'request', request: 'a=b' })
    expect(readAuthorizationInput(post('a=b'))).toMatchObject({ kind: 'posted', request: 'a=b' })
  })

  test('tells a request from its return by the route, not by what is sent', () => {
    expect(readAuthorizationInput(visit('interaction=i'))).toHaveProperty('kind', 'request')
    const route = 'GET /{tenant}/oauth2/authorize/resume'
    expect(readAuthorizationInput(visit('interaction=i', route))).toMatchObject({
      kind: 'resume',
      interaction: 'i',
      browser: 'b',
      session: 's',
    })
  })
})

describe('the logout endpoint', () => {
  test('rp-initiated logout section 2: takes GET and POST', () => {
    expect(readLogoutInput(visit('state=s'))).toMatchObject({
      request: { state: 's', isConfirmed: false },
      posted: undefined,
      session: 's',
    })
    expect(readLogoutInput(post('state=s&confirm=yes'))).toMatchObject({
      request: { state: 's', isConfirmed: true },
      posted: 'state=s&confirm=yes',
      origin: 'https://id.example',
      address: '203.0.113.9',
    })
  })

  test('rp-initiated logout section 6: a link that says confirm confirms nothing', () => {
    expect(readLogoutInput(visit('confirm=yes')).request.isConfirmed).toBe(false)
  })
})

describe('the UserInfo endpoint', () => {
  test('oidc core section 5.3.1: takes the token from the header, with GET and with POST', () => {
    for (const method of ['GET', 'POST']) {
      const bearer = { authorization: 'Bearer a.b.c' }
      const request = readRequest(httpEvent({ method, headers: bearer }))
      expect(readUserInfoRequest(request)).toMatchObject({ method, scheme: 'Bearer' })
      expect(readUserInfoRequest(request).token.reveal()).toBe('a.b.c')
    }
  })

  test('rfc6750 section 2.2: takes it from the body of a POST alone', () => {
    expect(readUserInfoRequest(post('access_token=a.b.c')).token.reveal()).toBe('a.b.c')
    const get = readRequest(formEvent('access_token=a.b.c', { method: 'GET' }))
    expect(thrownBy(() => readUserInfoRequest(get))).toMatchObject({ code: 'missing_token' })
  })

  /**
   * A method that is discouraged, and not offered.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc6750#section-2.3
   */
  test('rfc9700 section 4.3.2: a token in a query is none', () => {
    const request = visit('access_token=a.b.c')
    expect(thrownBy(() => readUserInfoRequest(request))).toMatchObject({ code: 'missing_token' })
  })
})
