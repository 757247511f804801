import { describe, expect, inject, test } from 'vitest'
import {
  callback,
  claimsOf,
  proofKey,
  RelyingParty,
  tenantUnderTest,
} from '../support/relying-party.ts'

const origin = inject('origin')
const party = () => new RelyingParty(origin)

const answerOf = (url: string) => Object.fromEntries(new URL(url).searchParams)

describe('the answer', () => {
  test('rfc6749 section 4.1.2 and oidc core section 3.1.2.5: code, state byte for byte, iss and session_state, nothing else', async () => {
    const state = `${'ä €&=+%'.repeat(20)}~`
    const { searchParams } = await party().signIn({ state })
    expect([...searchParams.keys()].sort()).toEqual(['code', 'iss', 'session_state', 'state'])
    expect(searchParams.get('state')).toBe(state)
    expect(searchParams.get('iss')).toBe(`${origin}/${tenantUnderTest}`)
  })

  test('rfc6749 section 3.1.2: the query of a registered redirect_uri is kept', async () => {
    const url = await party().signIn({ redirect_uri: `${callback}?tenant=a` })
    expect(url.searchParams.get('tenant')).toBe('a')
    expect(url.searchParams.get('code')).toBeTruthy()
  })

  test('oauth multiple response types section 2.1: response_mode fragment', async () => {
    const url = await party().signIn({ response_mode: 'fragment', state: 's' })
    expect(url.search).toBe('')
    expect(new URLSearchParams(url.hash.slice(1)).get('state')).toBe('s')
  })

  test('form_post section 2: the answer is posted by a page', async () => {
    const rp = party()
    const page = await rp.submitPassword(
      await rp.authorize({ response_mode: 'form_post', state: '"s"' }),
    )
    expect(page.status).toBe(200)
    expect(page.field('state')).toBe('"s"')
    expect(page.field('code')).toBeTruthy()
    expect(page.body).toContain(`action="${callback}"`)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('oidc core section 3.1.2.1: POST is answered like GET, also from another site', async () => {
    const rp = party()
    await rp.signIn()
    const form = {
      client_id: 'web',
      redirect_uri: callback,
      response_type: 'code',
      scope: 'openid',
    }
    const url = `${rp.issuer}/oauth2/authorize`
    const answer = await rp.browser.post(url, { ...form, state: 'x y' }, 'https://app.example')
    expect(answerOf(answer.url)).toMatchObject({ state: 'x y', code: expect.any(String) })
  })
})

describe('single sign-on', () => {
  test('a second client gets its code without a page', async () => {
    const rp = party()
    await rp.signIn()
    const answer = await rp.authorize({ client_id: 'post' })
    expect(answerOf(answer.url)).toHaveProperty('code')
  })

  test('oidc core section 3.1.2.1 and 3.1.2.3: prompt=login asks again, and auth_time moves', async () => {
    const rp = party()
    const before = claimsOf((await rp.tokens()).idToken)
    const page = await rp.authorize({ prompt: 'login' })
    expect(page.field('interaction')).toBeTruthy()
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const { searchParams } = new URL((await rp.submitPassword(page)).url)
    const { body } = await rp.redeem(searchParams.get('code') ?? '')
    const after = claimsOf(body['id_token'])
    expect(Number(after['auth_time'])).toBeGreaterThan(Number(before['auth_time']))
  })

  test('oidc core section 3.1.2.1 and 15.1: max_age asks again once the authentication is older', async () => {
    const rp = party()
    await rp.signIn()
    expect(answerOf((await rp.authorize({ max_age: '1000' })).url)).toHaveProperty('code')
    await new Promise((resolve) => setTimeout(resolve, 2100))
    expect((await rp.authorize({ max_age: '1' })).field('interaction')).toBeTruthy()
  })

  test('oidc registration section 2: default_max_age counts when max_age is absent', async () => {
    const rp = party()
    await rp.signIn()
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const page = await rp.authorize({ client_id: 'strict-age' })
    expect(page.field('interaction')).toBeTruthy()
  })

  test('oidc core section 3.1.2.6: prompt=none without a session is login_required', async () => {
    const answer = await party().authorize({ prompt: 'none', state: 's' })
    expect(answerOf(answer.url)).toMatchObject({ error: 'login_required', state: 's' })
  })

  test('oidc core section 3.1.2.1: prompt=none with a session answers at once', async () => {
    const rp = party()
    await rp.signIn()
    expect(answerOf((await rp.authorize({ prompt: 'none' })).url)).toHaveProperty('code')
  })

  test('oidc core section 3.1.2.1 and 3.1.2.2: an id_token_hint of another user is login_required with prompt=none', async () => {
    const rp = party()
    const ada = await rp.tokens()
    const grace = party()
    await grace.signIn({}, { username: 'grace@example.com' })
    const hint = { prompt: 'none', id_token_hint: ada.idToken }
    expect(answerOf((await grace.authorize(hint)).url)).toMatchObject({ error: 'login_required' })
    expect(answerOf((await rp.authorize(hint)).url)).toHaveProperty('code')
  })

  test('oidc core section 3.1.2.1 and 3.1.2.2: whoever signs in instead of the hinted user is refused', async () => {
    const ada = await party().tokens()
    const rp = party()
    const page = await rp.authorize({ id_token_hint: ada.idToken })
    const answer = await rp.submitPassword(page, { username: 'grace@example.com' })
    expect(answerOf(answer.url)).toMatchObject({ error: 'login_required' })
  })

  test('oidc core section 3.1.2.1: login_hint fills in the user name', async () => {
    const page = await party().authorize({ login_hint: 'ada@example.com' })
    expect(page.field('username')).toBe('ada@example.com')
  })

  test('oidc core section 3.1.2.1 and 15.1: ui_locales chooses the language of the page', async () => {
    const page = await party().authorize({ ui_locales: 'fr-CA de' })
    expect(page.body).toContain('<html lang="fr"')
  })
})

describe('refusals that are shown to the person', () => {
  test.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['an unregistered redirect_uri', { redirect_uri: 'https://evil.example/callback' }],
    ['a redirect_uri that only begins like a registered one', { redirect_uri: `${callback}/more` }],
    ['a redirect_uri with another query', { redirect_uri: `${callback}?tenant=b` }],
    ['no redirect_uri', { redirect_uri: '' }],
    ['a response_mode that is none of ours', { response_mode: 'cookie' }],
  ])(
    'rfc6749 section 3.1.2.4, 4.1.2.1, 10.6 and 10.15, and oidc core section 3.1.2.6: %s is never redirected',
    async (_, parameters) => {
      const page = await party().authorize(parameters)
      expect(page.status).toBe(400)
      expect(page.headers.get('location')).toBeNull()
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(page.body).toContain(Object.keys(parameters)[0])
    },
  )
})

describe('refusals that are returned to the client', () => {
  const { challenge } = proofKey()
  test.each([
    ['invalid_request', { response_type: '' }],
    ['unauthorized_client', { response_type: 'code id_token', response_mode: 'query' }],
    ['unsupported_response_type', { response_type: 'none', response_mode: 'query' }],
    ['invalid_request', { prompt: 'none login' }],
    ['invalid_request', { prompt: 'please' }],
    ['invalid_request', { max_age: '-1' }],
    ['invalid_request', { id_token_hint: 'x.y.z' }],
    ['invalid_request', { nonce: 'n'.repeat(513) }],
    ['invalid_request', { code_challenge: challenge }],
    ['invalid_request', { code_challenge: challenge, code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge: 'short', code_challenge_method: 'S256' }],
    ['invalid_scope', { scope: 'unknown' }],
    ['invalid_scope', { scope: 'open"id' }],
    ['invalid_request_object', { request: 'x.y.z' }],
    ['request_uri_not_supported', { request_uri: 'urn:x' }],
    ['registration_not_supported', { registration: '{}' }],
  ])(
    'rfc6749 section 4.1.2.1 and oidc core section 3.1.2.2 and 3.1.2.6: %s for %j',
    async (error, parameters) => {
      const answer = answerOf((await party().authorize({ state: 's', ...parameters })).url)
      expect(answer).toMatchObject({ error, state: 's', iss: `${origin}/${tenantUnderTest}` })
      expect(answer['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
    },
  )

  test('rfc6749 section 3.1: a repeated parameter is invalid_request', async () => {
    const rp = party()
    const answer = await rp.browser.get(`${rp.authorizationUrl()}&scope=email`)
    expect(answerOf(answer.url)).toMatchObject({ error: 'invalid_request' })
  })

  test('rfc9700 section 2.1.1 and oidc registration section 9.2: a public client must send a code_challenge', async () => {
    const answer = await party().authorize({ client_id: 'spa' })
    expect(answerOf(answer.url)).toMatchObject({ error: 'invalid_request' })
  })

  test('rfc6749 section 3.1: unknown parameters are ignored', async () => {
    const page = await party().authorize({ unknown: 'x', interaction: 'y' })
    expect(page.field('interaction')).toBeTruthy()
  })
})
