import { describe, expect, inject, test } from 'vitest'
import { basic, callback, claimsOf, proofKey, RelyingParty } from '../support/relying-party.ts'
import { introspect, tokensOf } from '../support/token-inquiry.ts'
import { expectDiscreet, expectRefusal } from './refusal.ts'
import { respelt, spoilt } from './spoilt.ts'

const origin = inject('origin')
const grace = { username: 'grace@example.com' }
const sessionCookie = '__Secure-sallyport-session'
const browserCookie = '__Secure-sallyport-browser'
const party = (tenant?: string) => new RelyingParty(origin, tenant)
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } }
const invalidToken = { status: 401, body: { error: 'invalid_token' } }

const isSignedIn = async (rp: RelyingParty): Promise<boolean> =>
  new URL((await rp.authorize({ prompt: 'none' })).url).searchParams.has('code')

const sent = (rp: RelyingParty, path: string, parameters: Record<string, string>) =>
  rp.browser.request(`${rp.issuer}/${path}?${new URLSearchParams(parameters)}`, {})

describe('spoilt in any part', () => {
  test('rfc6749 section 10.5 and 10.10: a code is invalid_grant, and the true one still works', async () => {
    const rp = party()
    const [code, another] = [await rp.code({}, grace), await rp.code()]
    for (const [how, text] of Object.entries(spoilt(code, another))) {
      expect(await rp.redeem(text), how).toMatchObject(invalidGrant)
    }
    expect(await rp.redeem(code)).toMatchObject({ status: 200 })
    expect(await rp.redeem(another)).toMatchObject({ status: 200 })
  })

  test('rfc6749 section 10.4 and 10.10: a refresh token is invalid_grant, and its family lives on', async () => {
    const rp = party()
    const [{ refreshToken }, another] = [await rp.tokens(), await rp.tokens()]
    for (const [how, text] of Object.entries(spoilt(refreshToken, another.refreshToken))) {
      expect(await rp.refresh(text), how).toMatchObject(invalidGrant)
    }
    expect(await rp.refresh(refreshToken)).toMatchObject({ status: 200 })
  })

  /**
   * Nobody makes or changes one but the issuer.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc6749#section-10.3
   * @spec https://www.rfc-editor.org/rfc/rfc6750#section-5.2
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.5.9
   */
  test('rfc7515 section 5.2: an access token is invalid_token, and the true one still works', async () => {
    const rp = party()
    const [{ accessToken }, another] = [await rp.tokens(), await rp.tokens()]
    for (const [how, text] of Object.entries(spoilt(accessToken, another.accessToken))) {
      // The same signature in another spelling: nothing is used up, so nothing is lost by it.
      if (text === respelt(accessToken)) continue
      const { status, body } = await rp.userInfo(text)
      expect([401, 400], how).toContain(status)
      expect(['invalid_token', 'invalid_request'], how).toContain(body['error'])
    }
    expect(await rp.userInfo(accessToken)).toMatchObject({ status: 200 })
  })

  test('rfc6750 section 5.2: an opaque access token is invalid_token, and the true one still works', async () => {
    const rp = party('tokens')
    const [{ accessToken }, another] = [await tokensOf(rp, 'opaque'), await tokensOf(rp, 'opaque')]
    for (const [how, text] of Object.entries(spoilt(accessToken, another.accessToken))) {
      const { status, body } = await rp.userInfo(text)
      expect([401, 400], how).toContain(status)
      expect(['invalid_token', 'invalid_request'], how).toContain(body['error'])
      const introspected = await introspect(rp, text, 'opaque')
      expect(introspected.body, how).toEqual({ active: false })
    }
    expect(await rp.userInfo(accessToken)).toMatchObject({ status: 200 })
  })

  test('rfc9700 section 4.7: an interaction is refused by every page, and the true one still works', async () => {
    const rp = party()
    const [page, another] = [await rp.authorize(), await rp.authorize()]
    const interaction = page.field('interaction') ?? ''
    const forged = Object.entries(spoilt(interaction, another.field('interaction') ?? ''))
    for (const path of ['signin', 'signin/consent', 'oauth2/authorize/resume']) {
      for (const [how, text] of forged) {
        const visit = await sent(rp, path, { interaction: text })
        expect(visit.status, `${path}: ${how}`).toBe(400)
        expectRefusal(visit, 'page')
      }
    }
    const { url } = await rp.submitPassword(page, grace)
    expect(new URL(url).searchParams.get('code')).toBeTruthy()
  })

  test('asvs 7.2.1: a session cookie counts as none, and the true one still works', async () => {
    const [rp, other] = [party(), party()]
    await rp.signIn({}, grace)
    await other.signIn()
    const [cookie, another] = [cookieOf(rp, sessionCookie), cookieOf(other, sessionCookie)]
    for (const [how, text] of Object.entries(spoilt(cookie, another))) {
      rp.browser.cookies.set(sessionCookie, text, '/acme')
      expect(await isSignedIn(rp), how).toBe(false)
    }
    rp.browser.cookies.set(sessionCookie, cookie, '/acme')
    expect(await isSignedIn(rp)).toBe(true)
  })

  test('rfc9700 section 4.7: without its browser cookie a page is refused, and shown with it', async () => {
    const rp = party()
    const page = await rp.authorize()
    const cookie = cookieOf(rp, browserCookie)
    for (const value of [cookie.slice(1), `${cookie}A`, cookie.toLowerCase(), '', '__proto__']) {
      rp.browser.cookies.set(browserCookie, value, '/acme')
      expectRefusal(await rp.browser.get(page.url), 'page', 400)
      expectRefusal(await rp.submitPassword(page, grace), 'page', 400)
    }
    rp.browser.cookies.set(browserCookie, cookie, '/acme')
    expect((await rp.submitPassword(page, grace)).url).toContain('code=')
  })
})

const cookieOf = ({ browser }: RelyingParty, name: string): string =>
  browser.cookies.get(name)?.value ?? ''

/** One good value of each kind. */
async function everyKind(rp: RelyingParty): Promise<Readonly<Record<string, string>>> {
  const tokens = await rp.tokens()
  const code = await rp.code()
  const interaction = (await rp.authorize({ prompt: 'login' })).field('interaction') ?? ''
  const handle = String(claimsOf(tokens.accessToken)['hdl'])
  const [region = ''] = code.split('.')
  return {
    code,
    'refresh token': tokens.refreshToken,
    'access token': tokens.accessToken,
    'ID token': tokens.idToken,
    handle,
    'handle with a Region': `${region}.${handle}`,
    interaction,
    'interaction with a Region': `${region}.${interaction}`,
    'code without a Region': code.slice(region.length + 1),
    'refresh token without a Region': tokens.refreshToken.slice(region.length + 1),
    'session cookie': cookieOf(rp, sessionCookie),
    'browser cookie': cookieOf(rp, browserCookie),
  }
}

/** Somebody whose browser holds the cookie that the values of `giver` are bound to. */
async function taker(giver: RelyingParty): Promise<RelyingParty> {
  const rp = party()
  await rp.signIn({}, grace)
  rp.browser.cookies.set(browserCookie, cookieOf(giver, browserCookie), '/acme')
  return rp
}

/** Where a value of each kind belongs, and how it is refused there. */
const places: Readonly<Record<string, (rp: RelyingParty, value: string) => Promise<void>>> = {
  code: async (rp, value) => expect(await rp.redeem(value)).toMatchObject(invalidGrant),
  'refresh token': async (rp, value) => expect(await rp.refresh(value)).toMatchObject(invalidGrant),
  'access token': async (rp, value) => expect(await rp.userInfo(value)).toMatchObject(invalidToken),
  'ID token': async (rp, value) => expectRefusal(await rp.signOut(value), 'page', 400),
  interaction: async (rp, value) => {
    for (const path of ['signin', 'signin/consent', 'oauth2/authorize/resume']) {
      expectRefusal(await sent(rp, path, { interaction: value }), 'page', 400)
    }
  },
  'session cookie': async (rp, value) => {
    const { browser } = party()
    browser.cookies.set(sessionCookie, value, '/acme')
    const { headers } = await browser.request(rp.authorizationUrl({ prompt: 'none' }), {})
    expect(headers.get('location')).toContain('error=login_required')
  },
}

describe.each(Object.entries(places))('in the place of the %s', (place, expectRefused) => {
  test('a good value of any other kind is refused', async () => {
    const giver = party()
    const values = await everyKind(giver)
    const rp = await taker(giver)
    for (const [kind, value] of Object.entries(values)) {
      if (kind !== place) await expectRefused(rp, value)
    }
  })

  test('a good value of another tenant is refused, and still works there', async () => {
    const globex = party('globex')
    const values = await everyKind(globex)
    const rp = await taker(globex)
    for (const value of Object.values(values)) await expectRefused(rp, value)
    expect(await globex.redeem(values['code'] ?? '')).toMatchObject({ status: 200 })
    expect(await globex.refresh(values['refresh token'] ?? '')).toMatchObject({ status: 200 })
  })
})

describe('whoever could not have used it does not use it up', () => {
  const { challenge, verifier } = proofKey()
  const bound = { code_challenge: challenge, code_challenge_method: 'S256' }
  const proof = { code_verifier: verifier }
  const post = { client_id: 'post', client_secret: 'post-secret' }
  const web = { client_id: 'web', client_secret: 'web-secret' }

  const others = [
    ['another client', post, undefined],
    ['its client with a wrong secret', {}, basic('web', 'wrong')],
    ['its client without a secret', { client_id: 'web' }, undefined],
    ['its client with the secret sent another way', web, undefined],
    ['a public client', { client_id: 'spa' }, undefined],
    ['an unknown client', { client_id: 'nobody' }, undefined],
  ] as const

  test.each(others)('rfc6749 section 4.1.3: a code with %s', async (_, client, authorization) => {
    const rp = party()
    const code = await rp.code(bound)
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback, ...proof }
    const stolen = await rp.token({ ...form, ...client }, authorization)
    expect(['invalid_grant', 'invalid_client']).toContain(stolen.body['error'])
    expect(await rp.redeem(code, proof)).toMatchObject({ status: 200 })
  })

  test.each(others)(
    'rfc6749 section 10.4: an outdated refresh token, and its successor, with %s',
    async (_, client, authorization) => {
      const rp = party()
      const { refreshToken } = await rp.tokens()
      const next = String((await rp.refresh(refreshToken)).body['refresh_token'])
      for (const token of [refreshToken, next]) {
        const form = { grant_type: 'refresh_token', refresh_token: token, ...client }
        const stolen = await rp.token(form, authorization)
        expect(['invalid_grant', 'invalid_client']).toContain(stolen.body['error'])
      }
      expect(await rp.refresh(next)).toMatchObject({ status: 200 })
    },
  )

  test('asvs 7.4.1: a session that has ended does not come back with its cookie', async () => {
    const rp = party()
    const { idToken } = await rp.tokens()
    const cookie = cookieOf(rp, sessionCookie)
    expectDiscreet(await rp.signOut(idToken))
    rp.browser.cookies.set(sessionCookie, cookie, '/acme')
    expect(await isSignedIn(rp)).toBe(false)
  })
})
