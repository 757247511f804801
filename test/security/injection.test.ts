import { describe, expect, inject, test } from 'vitest'
import { failureKeys } from '#shared/authn/throttle.ts'
import type { Visit } from '../../tools/smoke/browser.ts'
import { formOf } from '../../tools/smoke/page-form.ts'
import { password, RelyingParty } from '../support/relying-party.ts'
import { allItems } from '../support/table.ts'
import { expectDiscreet, expectRefusal } from './refusal.ts'

const origin = inject('origin')
const party = () => new RelyingParty(origin)
const lineBreak = 'X\r\nSet-Cookie: evil=1\r\nX-Evil: 1\r\n\r\n<script>evil()</script>'

/** One answer with the headers that it may have, and no others. */
function expectIntact(visit: Visit): void {
  expectDiscreet(visit)
  expect(visit.headers.get('x-evil')).toBeNull()
  for (const cookie of visit.headers.getSetCookie()) {
    expect(cookie).toMatch(/^__Secure-sallyport-(session|browser|state)=/)
  }
  expect(visit.body).not.toContain('<script>evil')
}

describe('line breaks and markup in parameters stay what they are: data', () => {
  test.each(['query', 'fragment', 'form_post'])(
    'rfc6749 section 10.14: state comes back byte for byte with response_mode %s',
    async (response_mode) => {
      const rp = party()
      await rp.signIn()
      const url = rp.authorizationUrl({ state: lineBreak, response_mode })
      const visit = await rp.browser.request(url, {})
      expectIntact(visit)
      if (response_mode === 'form_post') {
        expect(visit.field('state')).toBe(lineBreak.replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
        return
      }
      const location = new URL(visit.headers.get('location') ?? '')
      const answer = response_mode === 'query' ? location.search : location.hash
      expect(new URLSearchParams(answer.slice(1)).get('state')).toBe(lineBreak)
    },
  )

  test.each([
    'client_id',
    'redirect_uri',
    'response_type',
    'response_mode',
    'scope',
    'prompt',
    'nonce',
    'max_age',
    'login_hint',
    'id_token_hint',
    'ui_locales',
    'code_challenge',
  ])('rfc6749 section 10.14: %s of an authorization request', async (name) => {
    const rp = party()
    const first = await rp.browser.request(rp.authorizationUrl({ [name]: lineBreak }), {})
    expectIntact(first)
    if (first.headers.has('location')) expectIntact(await rp.authorize({ [name]: lineBreak }))
  })

  test.each(['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state', 'ui_locales'])(
    'rfc6749 section 10.14: %s of a logout request',
    async (name) => {
      const rp = party()
      const { idToken } = await rp.tokens()
      const signedOut = { post_logout_redirect_uri: 'https://app.example/signed-out' }
      const query = { id_token_hint: idToken, ...signedOut, [name]: lineBreak }
      const visit = await rp.browser.request(
        `${rp.issuer}/oauth2/logout?${new URLSearchParams(query)}`,
        {},
      )
      expectIntact(visit)
      if (name !== 'state') return
      const location = new URL(visit.headers.get('location') ?? '')
      expect(location.searchParams.get('state')).toBe(lineBreak)
    },
  )

  test('asvs 1.2.1: a user name that is markup', async () => {
    const rp = party()
    const page = await rp.submitPassword(await rp.authorize(), { username: lineBreak })
    expect(page.status).toBe(422)
    expectIntact(page)
    expect(formOf(page).action).toBe('/acme/signin')
  })

  test('rfc6750 section 3: nothing that was sent comes back in a challenge', async () => {
    const answer = await party().userInfo('evil"realm')
    expect(answer.headers.get('www-authenticate')).not.toContain('evil')
  })
})

test("the issuer is the tenant's own: no host of the request finds its way into an answer", async () => {
  const forged = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }
  for (const path of ['.well-known/openid-configuration', 'oauth2/logout', 'signin']) {
    const visit = await party().browser.request(`${origin}/acme/${path}`, { headers: forged })
    expect(visit.body).not.toContain('evil.example')
  }
})

test("cloudfront: a viewer's own origin secret changes nothing", async () => {
  for (const secret of ['', 'guess', '__proto__']) {
    const headers = { 'x-origin-secret': secret }
    const visit = await party().browser.request(`${origin}/acme/oauth2/jwks`, { headers })
    expect(visit.status).toBe(200)
  }
})

test('sp800-63b section 3.2.2: failures count for the address that the edge saw, whatever x-forwarded-for says', async () => {
  const rp = party()
  const page = await rp.authorize()
  const spoofed = ['203.0.113.7', '203.0.113.8, 198.51.100.2', 'unknown', '127.0.0.1,,']
  for (const forwardedFor of spoofed) {
    const form = { username: 'spoofed@example.com', password: 'wrong', ...formOf(page).fields }
    const visit = await rp.browser.request(`${rp.issuer}/signin`, {
      method: 'POST',
      headers: { origin, 'x-forwarded-for': forwardedFor },
      body: new URLSearchParams(form),
    })
    expect(visit.status).toBe(422)
  }
  const items = await allItems(inject('aws'))
  const countersOf = (address: string) => {
    const { address: hash } = failureKeys('', address)
    return items.filter(({ pk, sk }) => sk === 'address' && String(pk).endsWith(`#${hash}`))
  }
  expect(countersOf('127.0.0.1')).toEqual(
    expect.arrayContaining([expect.objectContaining({ pk: expect.stringContaining('#acme#') })]),
  )
  for (const address of spoofed.flatMap((text) => text.split(', '))) {
    if (!address.startsWith('127.')) expect(countersOf(address)).toEqual([])
  }
})

test('rfc6265 section 8.6: of two session cookies, none is read', async () => {
  const rp = party()
  await rp.signIn()
  const name = '__Secure-sallyport-session'
  const value = rp.browser.cookies.get(name)?.value ?? ''
  const url = rp.authorizationUrl({ prompt: 'none' })
  const withCookies = (cookie: string) => fetch(url, { headers: { cookie }, redirect: 'manual' })
  const locationOf = async (cookie: string) =>
    (await withCookies(cookie)).headers.get('location') ?? ''
  expect(await locationOf(`${name}=forged; ${name}=${value}`)).toContain('error=login_required')
  expect(await locationOf(`x${name}=${value}`)).toContain('error=login_required')
  expect(await locationOf(`a=b;${name}=${value}`)).toContain('code=')
})

test('asvs 3.5.1: no form of another site signs anybody in, and none without an Origin', async () => {
  const rp = party()
  const page = await rp.authorize()
  const form = { username: 'ada@example.com', password, ...formOf(page).fields }
  for (const from of ['https://evil.example', 'null', `${origin}.evil.example`, undefined]) {
    const visit = await rp.browser.request(`${rp.issuer}/signin`, {
      method: 'POST',
      headers: from === undefined ? {} : { origin: from },
      body: new URLSearchParams(form),
    })
    expectRefusal(visit, 'page', 403)
    expect(visit.headers.getSetCookie()).toEqual([])
  }
})
