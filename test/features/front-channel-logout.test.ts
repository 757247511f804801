import { expect, inject, test } from 'vitest'
import type { Client } from '#shared/oauth/client/client.ts'
import { registerLike } from '../support/own-client.ts'
import { basic, callback, claimsOf, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const aws = inject('aws')
const issuer = `${origin}/acme`
const signedOut = 'https://app.example/signed-out'
const frontchannelUri = 'https://app.example/logged-out?from=idp'

const appThatListens = (frontchannelSessionRequired: boolean, more: Partial<Client> = {}) =>
  registerLike(aws, ['acme', 'web'], {
    logout: { frontchannelUri, frontchannelSessionRequired },
    ...more,
  })

async function idTokenOf(rp: RelyingParty, id: string): Promise<string> {
  const code = await rp.code({ client_id: id })
  const form = { grant_type: 'authorization_code', code, redirect_uri: callback }
  const { body } = await rp.token(form, basic(id, 'web-secret'))
  return String(body['id_token'])
}

const framesIn = (body: string): readonly string[] =>
  [...body.matchAll(/<iframe src="([^"]*)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'))

test('front-channel logout section 3: the page loads every app of the session, with iss and sid where required', async () => {
  const rp = new RelyingParty(origin, 'acme')
  const idToken = await idTokenOf(rp, await appThatListens(true))
  await idTokenOf(rp, await appThatListens(false))
  const page = await rp.signOut(idToken)
  expect(page.status).toBe(200)
  const sid = String(claimsOf(idToken)['sid'])
  const required = `${frontchannelUri}&${new URLSearchParams({ iss: issuer, sid })}`
  expect([...framesIn(page.body)].toSorted()).toEqual([frontchannelUri, required].toSorted())
})

test('oidc core section 8.1: each app gets the sid that its own ID tokens have', async () => {
  const rp = new RelyingParty(origin, 'acme')
  const pairwise = await appThatListens(true, { subjectType: 'pairwise' })
  const tokens = [await idTokenOf(rp, pairwise), await idTokenOf(rp, await appThatListens(true))]
  const frames = framesIn((await rp.signOut(tokens[0] ?? '')).body)
  const heard = frames.map((frame) => new URL(frame).searchParams.get('sid'))
  expect(heard.toSorted()).toEqual(tokens.map((token) => claimsOf(token)['sid']).toSorted())
  expect(new Set(heard).size).toBe(2)
})

test('front-channel logout section 3: only the origins of those apps may be framed', async () => {
  const rp = new RelyingParty(origin, 'acme')
  const page = await rp.signOut(await idTokenOf(rp, await appThatListens(false)))
  const policy = page.headers.get('content-security-policy')?.split('; ') ?? []
  expect(policy).toContain('frame-src https://app.example')
  expect(policy).toContain("default-src 'none'")
})

test('rp-initiated logout section 3: after the apps have been told the browser goes where the client wants', async () => {
  const rp = new RelyingParty(origin, 'acme')
  const idToken = await idTokenOf(rp, await appThatListens(false))
  const page = await rp.signOut(idToken, { post_logout_redirect_uri: signedOut, state: 'a&b' })
  expect(page.body).toContain(`<a rel="next" href="${signedOut}?state=a%26b">`)
  expect(page.body).toContain(`content="5; url=${signedOut}?state=a%26b"`)
})

test('front-channel logout section 3: where no app listens, the browser goes on at once', async () => {
  const rp = new RelyingParty(origin, 'acme')
  const { idToken } = await rp.tokens()
  const page = await rp.signOut(idToken, { post_logout_redirect_uri: signedOut })
  expect(page.url).toBe(signedOut)
})

test('front-channel logout section 3: an app of another session is not loaded', async () => {
  const id = await appThatListens(true)
  await idTokenOf(new RelyingParty(origin, 'acme'), id)
  const rp = new RelyingParty(origin, 'acme')
  const { idToken } = await rp.tokens()
  expect(framesIn((await rp.signOut(idToken)).body)).toEqual([])
})

test('rp-initiated logout section 2: ui_locales, logout_hint and state come through the question', async () => {
  const rp = new RelyingParty(origin, 'acme')
  await rp.signIn()
  const query = { client_id: 'web', ui_locales: 'de', logout_hint: 'ada', state: 's' }
  const page = await rp.browser.get(`${issuer}/oauth2/logout?${new URLSearchParams(query)}`)
  expect(page.body).toContain('lang="de"')
  for (const [name, value] of Object.entries(query)) expect(page.field(name)).toBe(value)
})
