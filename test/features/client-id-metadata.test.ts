import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { type HttpsSite, type SiteAnswer, startHttpsSite } from '../support/https-site.ts'
import { startListeningApp } from '../support/listening-app.ts'
import { claimsOf, proofKey, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const redirectUri = 'http://127.0.0.1:4711/callback'

let site: HttpsSite
beforeAll(async () => {
  site = await startHttpsSite()
})
afterAll(() => site?.close())

const jsonOf = (id: string, more: object = {}) =>
  JSON.stringify({ client_id: id, client_name: 'Assistant', redirect_uris: [redirectUri], ...more })

/** Publishes the document of a client of its own, and answers the client's id. */
function publish(more: object = {}, answer: SiteAnswer = {}): string {
  const path = `/${randomUUID()}/client`
  return site.publish(path, { body: jsonOf(`${site.origin}${path}`, more), ...answer })
}

const requestOf = (id: string, more: Record<string, string> = {}) => {
  const { verifier, challenge } = proofKey()
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
  const request = { client_id: id, redirect_uri: redirectUri, scope: 'openid', ...pkce, ...more }
  return { verifier, request }
}

const party = () => new RelyingParty(origin, 'bazaar')

/** Signs in, allows, and answers where the client is sent back to. */
async function allowed(person: RelyingParty, request: Record<string, string>): Promise<URL> {
  const consent = await person.submitPassword(await person.authorize(request))
  const interaction = consent.field('interaction') ?? ''
  const answer = await person.browser.request('/bazaar/signin/consent', {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({ interaction, allow: 'yes' }),
  })
  const back = await person.browser.request(answer.headers.get('location') ?? '', {})
  return new URL(back.headers.get('location') ?? '')
}

test('cimd section 6: a tenant that takes documents says so, and no other does', async () => {
  const metadata = async (tenant: string) =>
    (await fetch(`${origin}/${tenant}/.well-known/openid-configuration`)).json()
  expect(await metadata('bazaar')).toMatchObject({
    client_id_metadata_document_supported: true,
    registration_endpoint: `${origin}/bazaar/oauth2/register`,
  })
  const globex = await metadata('globex')
  expect(globex).not.toHaveProperty('client_id_metadata_document_supported')
  expect(globex).not.toHaveProperty('registration_endpoint')
})

test('cimd section 5: a client nobody has registered gets tokens, once the person has allowed it', async () => {
  const id = publish({ grant_types: ['authorization_code', 'refresh_token'] })
  const { verifier, request } = requestOf(id)
  const person = party()
  const code = (await allowed(person, request)).searchParams.get('code') ?? ''
  const form = { client_id: id, redirect_uri: redirectUri, code, code_verifier: verifier }
  const tokens = await person.token({ grant_type: 'authorization_code', ...form })
  expect(tokens).toMatchObject({ status: 200 })
  expect(await person.userInfo(String(tokens.body['access_token']))).toMatchObject({ status: 200 })
})

test('cimd section 4.2: nobody is sent anywhere but to a redirect URI of the document', async () => {
  const id = publish({ redirect_uris: ['https://agent.example/cb'] })
  for (const redirect_uri of [
    'https://agent.example/cb?x',
    'https://agent.example/',
    redirectUri,
  ]) {
    const page = await party().authorize(requestOf(id, { redirect_uri }).request)
    expect(page.status).toBe(400)
    expect(page.body).toContain('redirect_uri')
  }
})

test('rfc8252 section 8.3: an agent that listens on localhost chooses its port, and only that', async () => {
  const id = publish({ redirect_uris: ['https://agent.example/cb', 'http://localhost/callback'] })
  const page = async (redirect_uri: string) =>
    party().authorize(requestOf(id, { redirect_uri }).request)
  expect((await page('http://localhost:49152/callback')).field('username')).toBeDefined()
  expect(await page('http://localhost:49152/other')).toMatchObject({ status: 400 })
})

test('rfc9700 section 4.11.2: a request that must fail is told to the app where its host is named', async () => {
  const answer = await party().authorize(
    requestOf(publish(), { scope: 'admin', state: 's' }).request,
  )
  expect(new URL(answer.url).searchParams.get('error')).toBe('invalid_scope')
})

test('cimd section 8.5: the person sees the host of the client, whatever it calls itself', async () => {
  const id = publish({
    client_name: '<script>evil()</script>',
    client_uri: 'https://bank.example/',
    policy_uri: 'https://bank.example/privacy',
    skip_consent: true,
  })
  const page = await party().authorize(requestOf(id).request)
  expect(page.field('username')).toBeDefined()
  expect(page.body).not.toContain('<script>evil')
  const consent = await party().submitPassword(await party().authorize(requestOf(id).request))
  expect(consent.status).toBeLessThan(500)
  const person = party()
  const asked = await person.submitPassword(await person.authorize(requestOf(id).request))
  expect(asked.body).toContain(new URL(id).host)
  expect(asked.body).toContain('&lt;script&gt;evil()')
  expect(asked.body).not.toContain('bank.example')
})

test('rfc8252 section 8.6: an app that cannot prove itself asks again, every time', async () => {
  const id = publish()
  const person = party()
  expect((await allowed(person, requestOf(id).request)).searchParams.has('code')).toBe(true)
  const again = await person.authorize(requestOf(id).request)
  expect(again.url).toMatch(/\/signin\/consent/)
})

describe('cimd section 4, 4.1, 5, 5.1 and 8.7: a document that makes no client', () => {
  test.each<[string, object, SiteAnswer?]>([
    ['of another client_id', { client_id: 'https://other.apps.example/client' }],
    ['without a client_id', { client_id: undefined }],
    ['with a secret', { client_secret: 'x'.repeat(43) }],
    ['with the end of a secret', { client_secret_expires_at: 0 }],
    ['that wants a shared secret', { token_endpoint_auth_method: 'client_secret_basic' }],
    ['that wants to sign with one', { token_endpoint_auth_method: 'client_secret_jwt' }],
    ['without redirect URIs', { redirect_uris: [] }],
    ['with a redirect URI of a script', { redirect_uris: ['javascript:alert(1)'] }],
    ['with a private key', { jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AA', d: 'AA' }] } }],
    ['with a grant beyond the policy', { grant_types: ['urn:openid:params:grant-type:ciba'] }],
    ['that is HTML', {}, { headers: { 'content-type': 'text/html' } }],
    ['that is a JSON array', {}, { body: '[]' }],
    ['that is no JSON', {}, { body: '{' }],
    ['that is larger than 16 KiB', { padding: 'x'.repeat(16 * 1024) }],
    ['with the status 201', {}, { status: 201 }],
    ['that is not there', {}, { status: 404 }],
    ['behind a redirect', {}, { status: 302, headers: { location: '/elsewhere' } }],
  ])('%s', async (_, more, answer = {}) => {
    const page = await party().authorize(requestOf(publish(more, answer)).request)
    expect(page.status).toBe(400)
    expect(page.body).toContain('client_id')
    expect(site.asked).not.toContain('/elsewhere')
  })
})

test.each([
  ['plain http', () => `http://localhost:${new URL(site.origin).port}/x`],
  ['a fragment', () => `${site.origin}/x#y`],
  ['a name and a password', () => `https://me:pw@localhost:${new URL(site.origin).port}/x`],
  ['dots in its path', () => `${site.origin}/a/../x`],
  ['encoded dots', () => `${site.origin}/a/%2e%2e/x`],
  ['no path', () => site.origin],
  ['capitals in its host', () => `${site.origin.replace('localhost', 'LOCALHOST')}/x`],
  ['a host that is not on the list', () => 'https://client.example/x'],
  ['an address of our own', () => 'https://169.254.169.254/latest/meta-data'],
  ['more than 100 characters', () => `${site.origin}/${'x'.repeat(100)}`],
])('cimd section 3, 8.6 and 8.9: a client_id with %s is asked nobody about', async (_, id) => {
  const before = site.asked.length
  const page = await party().authorize(requestOf(id()).request)
  expect(page.status).toBe(400)
  expect(site.asked).toHaveLength(before)
})

test('cimd section 8.2: a client that publishes a key must prove it', async () => {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwks = { keys: [key.publicKey.export({ format: 'jwk' })] }
  const way = { token_endpoint_auth_method: 'private_key_jwt', jwks }
  const id = publish({ ...way, grant_types: ['client_credentials'], redirect_uris: [] })
  const tokenOf = async (privateKey: typeof key.privateKey) => {
    const claims = { iss: id, sub: id, aud: party().issuer, jti: randomUUID() }
    const assertion = await new SignJWT({ ...claims, exp: Math.floor(Date.now() / 1000) + 60 })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(privateKey)
    return party().token({
      grant_type: 'client_credentials',
      scope: 'orders:read',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    })
  }
  expect(await tokenOf(key.privateKey)).toMatchObject({ status: 200 })
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  expect(await tokenOf(other.privateKey)).toMatchObject({ status: 401 })
  const bare = await party().token({ grant_type: 'client_credentials', client_id: id })
  expect(bare).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
})

test('cimd section 5.2: what makes a client is remembered, what makes none is not', async () => {
  const good = publish({}, { headers: { 'cache-control': 'no-store' } })
  const bad = publish({ redirect_uris: [] })
  for (let visit = 0; visit < 3; visit += 1) {
    await party().authorize(requestOf(good).request)
    await party().authorize(requestOf(bad).request)
  }
  const times = (id: string) => site.asked.filter((path) => id.endsWith(path)).length
  expect(times(good)).toBeLessThanOrEqual(2)
  expect(times(bad)).toBe(3)
})

describe('back-channel logout section 2.5: an app that listens by its document', () => {
  /** Signs somebody in at a client, and answers how to sign them out again. */
  async function signedIn(id: string) {
    const { verifier, request } = requestOf(id)
    const person = party()
    const code = (await allowed(person, request)).searchParams.get('code') ?? ''
    const form = { client_id: id, redirect_uri: redirectUri, code, code_verifier: verifier }
    expect(await person.token({ grant_type: 'authorization_code', ...form })).toMatchObject({
      status: 200,
    })
    return () => person.browser.post(`${person.issuer}/oauth2/logout`, { confirm: 'yes' })
  }

  test('hears that the session is over, and is tried again while its document is away', async () => {
    const app = await startListeningApp()
    onTestFinished(app.close)
    const more = { backchannel_logout_uri: `${app.origin}/logout` }
    const id = publish(more, { headers: { 'cache-control': 'max-age=60' } })
    const signOut = await signedIn(id)
    site.publish(new URL(id).pathname, { status: 503 })
    const asks = () => site.asked.filter((path) => id.endsWith(path)).length
    const before = asks()
    await signOut()
    await vi.waitUntil(() => asks() >= before + 2, 10_000)
    expect(app.heard).toEqual([])
    site.publish(new URL(id).pathname, { body: jsonOf(id, more) })
    const [heard] = await app.waitFor(1)
    const token = new URLSearchParams(heard?.body).get('logout_token') ?? ''
    expect(claimsOf(token)).toMatchObject({ aud: id, iss: party().issuer, sid: expect.any(String) })
  }, 40_000)

  test('is loaded in a frame where it listens there', async () => {
    const more = { frontchannel_logout_uri: 'http://127.0.0.1:4711/over' }
    const signOut = await signedIn(publish(more))
    expect((await signOut()).body).toContain('http://127.0.0.1:4711/over')
  })

  test('is not asked for its document when it does not listen', async () => {
    const id = publish({}, { headers: { 'cache-control': 'no-store' } })
    const signOut = await signedIn(id)
    const before = site.asked.length
    await signOut()
    expect(site.asked).toHaveLength(before)
  })
})
