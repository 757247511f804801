import { describe, expect, inject, test } from 'vitest'
import { proofKey, RelyingParty, tenantUnderTest } from '../support/relying-party.ts'

const origin = inject('origin')
const party = () => new RelyingParty(origin)
const sessionCookie = '__Secure-sallyport-session'
const browserCookie = '__Secure-sallyport-browser'

describe('the sign-in page', () => {
  test('the form works without JavaScript and the policy allows none', async () => {
    const page = await party().authorize()
    expect(page.body).not.toContain('<script')
    expect(page.headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*frame-ancestors 'none'/,
    )
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('referrer-policy')).toBe('same-origin')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('asvs 3.3: the session cookie is Secure, HttpOnly, SameSite=Lax and held to its tenant', async () => {
    const rp = party()
    await rp.signIn()
    const cookie = rp.browser.cookies.get(sessionCookie)
    expect(cookie?.path).toBe(`/${tenantUnderTest}`)
    expect(cookie?.attributes).toEqual(
      new Set([`path=/${tenantUnderTest}`, 'secure', 'httponly', 'samesite=lax']),
    )
  })

  test('asvs 7.2.4: every sign-in gets a new session id', async () => {
    const rp = party()
    await rp.signIn()
    const first = rp.browser.cookies.get(sessionCookie)?.value
    await rp.submitPassword(await rp.authorize({ prompt: 'login' }))
    expect(rp.browser.cookies.get(sessionCookie)?.value).not.toBe(first)
  })

  test('the user name is compared without case', async () => {
    const url = await party().signIn({}, { username: ' ADA@Example.com ' })
    expect(url.searchParams.get('code')).toBeTruthy()
  })
})

describe('a wrong password', () => {
  test('asvs 6.3.8: known, unknown and disabled users read the same', async () => {
    const bodies = ['grace@example.com', 'nobody@example.com', 'gone@example.com'].map(
      async (username) => {
        const rp = party()
        const page = await rp.submitPassword(await rp.authorize(), { username, password: 'wrong' })
        expect(page.status).toBe(422)
        const interaction = page.field('interaction') ?? ''
        return page.body.replaceAll(username, 'USER').replaceAll(interaction, 'INTERACTION')
      },
    )
    expect(new Set(await Promise.all(bodies)).size).toBe(1)
  })

  test('a disabled user with the right password is refused the same way', async () => {
    const rp = party()
    const page = await rp.submitPassword(await rp.authorize(), { username: 'gone@example.com' })
    expect(page.status).toBe(422)
  })

  test('what was typed is shown again, without becoming markup', async () => {
    const rp = party()
    const username = '"><b>&x'
    const page = await rp.submitPassword(await rp.authorize(), { username, password: 'wrong' })
    expect(page.body).not.toContain('<b>')
    expect(page.body).toContain('&lt;b&gt;')
  })

  /** @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.4.2.3 */
  test.each([
    ['a known', 'guessed@example.com'],
    ['an unknown', `stranger-${Date.now()}@example.com`],
  ])(
    'sp800-63b section 3.2.2: the eleventh failure in a row of %s account is turned away, even if it is right',
    async (_, username) => {
      const rp = new RelyingParty(
        origin,
        username.startsWith('guessed') ? tenantUnderTest : 'globex',
      )
      const page = await rp.authorize()
      for (let failures = 0; failures < 10; failures++) {
        const answer = await rp.submitPassword(page, { username, password: 'wrong' })
        expect(answer.status).toBe(422)
      }
      const turnedAway = await rp.submitPassword(page, { username })
      expect(turnedAway.status).toBe(429)
      expect(turnedAway.headers.getSetCookie()).toEqual([])
    },
  )
})

describe('forged forms', () => {
  /**
   * Neither a session nor a consent comes from a request that another site makes.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc6749#section-10.12
   */
  test('rfc9700 section 4.7 and oidc core section 3.1.2.3: a form from another site is refused', async () => {
    const rp = party()
    const page = await rp.authorize()
    const form = { username: 'x', password: 'y', interaction: page.field('interaction') ?? '' }
    const answer = await rp.browser.post(`${rp.issuer}/signin`, form, 'https://evil.example')
    expect(answer.status).toBe(403)
  })

  test('rfc9700 section 4.7: a page begun in another browser cannot be finished in this one', async () => {
    const attacker = party()
    const page = await attacker.authorize()
    const victim = party()
    await victim.authorize()
    const answer = await victim.submitPassword(page)
    expect(answer.status).toBe(400)
    expect(victim.browser.cookies.get(sessionCookie)).toBeUndefined()
  })

  test('a tampered interaction is refused', async () => {
    const rp = party()
    const page = await rp.authorize()
    const interaction = page.field('interaction') ?? ''
    const flipped = `${interaction.slice(0, -2)}${interaction.endsWith('A') ? 'B' : 'A'}A`
    const answer = await rp.browser.get(`${rp.issuer}/signin?interaction=${flipped}`)
    expect(answer.status).toBe(400)
  })

  test('an interaction of another tenant is refused', async () => {
    const globex = new RelyingParty(origin, 'globex')
    const interaction = (await globex.authorize()).field('interaction') ?? ''
    const rp = party()
    const cookie = globex.browser.cookies.get(browserCookie)?.value ?? ''
    rp.browser.cookies.set(browserCookie, cookie, `/${tenantUnderTest}`)
    const answer = await rp.browser.get(`${rp.issuer}/signin?interaction=${interaction}`)
    expect(answer.status).toBe(400)
  })

  test('a tampered session cookie counts as none', async () => {
    const rp = party()
    await rp.signIn()
    const value = rp.browser.cookies.get(sessionCookie)?.value ?? ''
    rp.browser.cookies.set(sessionCookie, `${value.slice(0, -3)}AAA`, `/${tenantUnderTest}`)
    expect((await rp.authorize()).field('interaction')).toBeTruthy()
  })
})

describe('consent', () => {
  const { challenge } = proofKey()
  const spa = { client_id: 'spa', code_challenge: challenge, code_challenge_method: 'S256' }
  const press = (rp: RelyingParty, interaction: string, button: 'allow' | 'deny') =>
    rp.browser.post(`${rp.issuer}/signin/consent`, { interaction, [button]: 'yes' })

  /**
   * No client is authorized without the explicit consent of the person.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc6749#section-10.12
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.4.1
   */
  test('oidc core section 3.1.2.4 and 17.1: consent is asked once, remembered, and asked again for more', async () => {
    const rp = party()
    const consent = await rp.submitPassword(await rp.authorize(spa))
    expect(consent.body).toContain('name="allow"')
    expect(consent.body).toContain('Single Page')
    const allowed = await press(rp, consent.field('interaction') ?? '', 'allow')
    expect(new URL(allowed.url).searchParams.get('code')).toBeTruthy()
    expect(new URL((await rp.authorize(spa)).url).searchParams.get('code')).toBeTruthy()
    const more = await rp.authorize({ ...spa, scope: 'openid email' })
    expect(more.body).toContain('name="allow"')
    expect((await rp.authorize({ ...spa, prompt: 'consent' })).body).toContain('name="allow"')
  })

  test('rfc6749 section 4.1.2.1: a denied request is access_denied', async () => {
    const rp = party()
    const page = await rp.submitPassword(
      await rp.authorize({ ...spa, scope: 'openid phone', state: 's' }),
    )
    const denied = await press(rp, page.field('interaction') ?? '', 'deny')
    expect(Object.fromEntries(new URL(denied.url).searchParams)).toMatchObject({
      error: 'access_denied',
      state: 's',
    })
  })

  test('oidc core section 3.1.2.6: prompt=none without consent is consent_required', async () => {
    const rp = party()
    await rp.signIn()
    const answer = await rp.authorize({ ...spa, scope: 'openid address', prompt: 'none' })
    expect(new URL(answer.url).searchParams.get('error')).toBe('consent_required')
  })

  test('consent is bound to the session that was asked', async () => {
    const rp = party()
    const page = await rp.submitPassword(await rp.authorize({ ...spa, scope: 'openid groups' }))
    await rp.submitPassword(await rp.authorize({ prompt: 'login' }))
    const answer = await press(rp, page.field('interaction') ?? '', 'allow')
    expect(answer.status).toBe(400)
  })

  test('a page without a pressed button is refused', async () => {
    const rp = party()
    const page = await rp.submitPassword(await rp.authorize({ ...spa, scope: 'openid groups' }))
    const interaction = page.field('interaction') ?? ''
    const answer = await rp.browser.post(`${rp.issuer}/signin/consent`, { interaction })
    expect(answer.status).toBe(400)
  })
})

describe('signing in again', () => {
  const isSignedIn = async (rp: RelyingParty) =>
    (await rp.authorize({ prompt: 'none' })).url.includes('code=')

  test('asvs 7.2.4: the cookie from before is worth nothing, what clients hold stays valid', async () => {
    const rp = party()
    const { refreshToken } = await rp.tokens()
    const before = rp.browser.cookies.get(sessionCookie)?.value ?? ''
    await rp.submitPassword(await rp.authorize({ prompt: 'login' }))
    expect(await rp.refresh(refreshToken)).toMatchObject({ status: 200 })
    rp.browser.cookies.set(sessionCookie, before, `/${tenantUnderTest}`)
    expect(await isSignedIn(rp)).toBe(false)
  })

  test('asvs 7.4.1: another user ends the session of the one before', async () => {
    const rp = party()
    const { accessToken, refreshToken } = await rp.tokens()
    const page = await rp.authorize({ prompt: 'login' })
    await rp.submitPassword(page, { username: 'grace@example.com' })
    expect(await rp.refresh(refreshToken)).toMatchObject({ body: { error: 'invalid_grant' } })
    expect(await rp.userInfo(accessToken)).toMatchObject({ status: 401 })
  })

  test('oidc core section 3.1.2.1: prompt=login is not met by a session kept back at the start', async () => {
    const rp = party()
    await rp.signIn()
    const old = rp.browser.cookies.get(sessionCookie)?.value ?? ''
    rp.browser.cookies.set(sessionCookie, '', `/${tenantUnderTest}`)
    const interaction = (await rp.authorize({ prompt: 'login' })).field('interaction') ?? ''
    rp.browser.cookies.set(sessionCookie, old, `/${tenantUnderTest}`)
    const url = `${rp.issuer}/oauth2/authorize/resume?interaction=${interaction}`
    const answer = await rp.browser.get(url)
    expect(answer.status).toBe(400)
    expect(answer.url).not.toContain('code=')
  })

  test('rfc6265 section 8.6: of two session cookies neither counts', async () => {
    const rp = party()
    await rp.signIn()
    rp.browser.cookies.set(sessionCookie, 'us-east-1.tossed', `/${tenantUnderTest}/oauth2`)
    expect(await isSignedIn(rp)).toBe(false)
  })
})

test('sp800-63b section 3.2.2: in a burst of guesses the answers do not tell the right one', async () => {
  const rp = new RelyingParty(origin, 'globex')
  const page = await rp.authorize()
  const username = `burst-${tenantUnderTest}@example.com`
  const guess = async (typed: string) =>
    (await rp.submitPassword(page, { username, password: typed })).status
  const wrong = await Promise.all(Array.from({ length: 24 }, (_, n) => guess(`wrong ${n}`)))
  expect(wrong.filter((status) => status === 422).length).toBeLessThanOrEqual(10)
  expect(new Set(wrong)).toEqual(new Set([422, 429]))
  expect(await guess('correct horse battery staple')).toBe(429)
})
