import { expect, inject, test } from 'vitest'
import { RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const party = () => new RelyingParty(origin)
const signedOut = 'https://app.example/signed-out'
const isSignedIn = async (rp: RelyingParty) =>
  (await rp.authorize({ prompt: 'none' })).url.includes('code=')

test('rp-initiated logout section 2: with the ID token of the session the person is signed out at once', async () => {
  const rp = party()
  const { idToken } = await rp.tokens()
  const answer = await rp.signOut(idToken, { post_logout_redirect_uri: signedOut, state: 'a b' })
  expect(answer.url).toBe(`${signedOut}?state=a+b`)
  expect(await isSignedIn(rp)).toBe(false)
})

test('rp-initiated logout section 2: without a hint the person is asked first', async () => {
  const rp = party()
  await rp.signIn()
  const page = await rp.browser.get(`${rp.issuer}/oauth2/logout`)
  expect(page.body).toContain('name="confirm"')
  expect(await isSignedIn(rp)).toBe(true)
  const done = await rp.browser.post(`${rp.issuer}/oauth2/logout`, { confirm: 'yes' })
  expect(done.status).toBe(200)
  expect(await isSignedIn(rp)).toBe(false)
})

test('rp-initiated logout section 6: a confirmation from another site is refused', async () => {
  const rp = party()
  await rp.signIn()
  const url = `${rp.issuer}/oauth2/logout`
  expect((await rp.browser.post(url, { confirm: 'yes' }, 'https://evil.example')).status).toBe(403)
  expect((await rp.browser.get(`${url}?confirm=yes`)).body).toContain('name="confirm"')
  expect(await isSignedIn(rp)).toBe(true)
})

test('rp-initiated logout section 2: the ID token of another session asks first', async () => {
  const { idToken } = await party().tokens()
  const rp = party()
  await rp.signIn()
  expect((await rp.signOut(idToken)).body).toContain('name="confirm"')
  expect(await isSignedIn(rp)).toBe(true)
})

test('oidc core section 2: sid names the session however often its user authenticates', async () => {
  const rp = party()
  const { idToken } = await rp.tokens()
  await rp.submitPassword(await rp.authorize({ prompt: 'login' }))
  await rp.signOut(idToken)
  expect(await isSignedIn(rp)).toBe(false)
})

test('rp-initiated logout section 2: a POST from the client is answered like GET', async () => {
  const rp = party()
  const { idToken } = await rp.tokens()
  const form = { id_token_hint: idToken, post_logout_redirect_uri: signedOut }
  const url = `${rp.issuer}/oauth2/logout`
  expect((await rp.browser.post(url, form, 'https://app.example')).url).toBe(signedOut)
})

test.each([
  [
    'an unregistered post_logout_redirect_uri',
    { post_logout_redirect_uri: 'https://evil.example/' },
  ],
  ['a hint that is not ours', { id_token_hint: 'x.y.z' }],
  ['a hint of another client than client_id', { client_id: 'post' }],
])('rp-initiated logout section 4: %s is shown, never redirected', async (_, more) => {
  const rp = party()
  const { idToken } = await rp.tokens()
  const answer = await rp.signOut(idToken, more)
  expect(answer.status).toBe(400)
  expect(answer.headers.get('location')).toBeNull()
})

test('rp-initiated logout section 3: post_logout_redirect_uri needs to know the client', async () => {
  const query = new URLSearchParams({ post_logout_redirect_uri: signedOut })
  const rp = party()
  expect((await rp.browser.get(`${rp.issuer}/oauth2/logout?${query}`)).status).toBe(400)
  query.set('client_id', 'web')
  expect((await rp.browser.get(`${rp.issuer}/oauth2/logout?${query}`)).url).toBe(signedOut)
})

test.each([
  ['a signature that was changed', (hint: string) => `${hint.slice(0, -8)}AAAAAAAA`],
  ['claims that were changed', (hint: string) => hint.replace(/\.[^.]+\./, '.eyJzdWIiOiJ4In0.')],
  [
    'another type',
    (hint: string) =>
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${hint.split('.')[1]}.`,
  ],
])(
  'rp-initiated logout section 4: a hint with %s is shown, never redirected, and nobody is signed out',
  async (_, change) => {
    const rp = party()
    const { idToken } = await rp.tokens()
    const answer = await rp.signOut(change(idToken), { post_logout_redirect_uri: signedOut })
    expect(answer.status).toBe(400)
    expect(await isSignedIn(rp)).toBe(true)
  },
)

test.each([
  ['a query', `${signedOut}?extra=1`],
  ['a path', `${signedOut}/more`],
])(
  'rp-initiated logout section 3: a registered URI with %s added is another one',
  async (_, uri) => {
    const rp = party()
    const { idToken } = await rp.tokens()
    const answer = await rp.signOut(idToken, { post_logout_redirect_uri: uri, state: 's' })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('location')).toBeNull()
  },
)

test('rp-initiated logout section 2: state alone leads nowhere, and nothing is added without it', async () => {
  const rp = party()
  const { idToken } = await rp.tokens()
  const page = await rp.signOut(idToken, { state: 's' })
  expect(page.status).toBe(200)
  const again = party()
  const { idToken: second } = await again.tokens()
  expect((await again.signOut(second, { post_logout_redirect_uri: signedOut })).url).toBe(signedOut)
})

test('rp-initiated logout section 2.1 and session management section 3.3 and back-channel logout section 2.1 and front-channel logout section 3: every way of a logout is announced', async () => {
  const response = await fetch(`${party().issuer}/.well-known/openid-configuration`)
  expect(await response.json()).toMatchObject({
    end_session_endpoint: `${party().issuer}/oauth2/logout`,
    check_session_iframe: `${party().issuer}/oauth2/check_session`,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  })
})

test('session management section 2: an authentication response carries session_state, an answer of plain OAuth does not', async () => {
  const rp = party()
  expect((await rp.signIn()).searchParams.get('session_state')).toMatch(/^[0-9a-f]{64}\.[\w-]{22}$/)
  expect((await rp.signIn({ scope: 'orders:read' })).searchParams.has('session_state')).toBe(false)
})
