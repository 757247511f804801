import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, inject, onTestFinished, test } from 'vitest'
import type { ClientId } from '#shared/kernel/ids.ts'
import { applyDocument } from '../../tools/apply.ts'
import { type ListeningApp, startListeningApp } from '../support/listening-app.ts'
import { registerLike } from '../support/own-client.ts'
import { basic, callback, claimsOf, password, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const aws = inject('aws')
const issuer = `${origin}/acme`
const keys = createRemoteJWKSet(new URL(`${issuer}/oauth2/jwks`))

let app: ListeningApp
let client: ClientId
beforeAll(async () => {
  app = await startListeningApp()
})
afterAll(() => app?.close())
beforeEach(async () => {
  client = await registerLike(aws, ['acme', 'web'], {
    logout: { backchannelUri: `${app.origin}/logout` },
  })
})

/** Tokens of the client, in the session of the browser. */
async function tokensOf(rp: RelyingParty, id: string, scope = 'openid', typed = {}) {
  const code = await rp.code({ client_id: id, scope }, typed)
  const form = { grant_type: 'authorization_code', code, redirect_uri: callback }
  const { body } = await rp.token(form, basic(id, 'web-secret'))
  return { idToken: String(body['id_token']), refreshToken: String(body['refresh_token']) }
}

const party = () => new RelyingParty(origin, 'acme')

/** The logout tokens that the client has got, by now `count` of them. */
async function heardBy(id: string, count: number): Promise<readonly string[]> {
  const tokens = () =>
    app.heard
      .map(({ body }) => new URLSearchParams(body).get('logout_token') ?? '')
      .filter((token) => claimsOf(token)['aud'] === id)
  for (let looks = 0; tokens().length < count && looks < 400; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return tokens()
}

const verified = (token: string, id: string) =>
  jwtVerify(token, keys, { issuer, audience: id, typ: 'logout+jwt' })

test('back-channel logout section 2.4: the app gets a token that it can validate, of its session', async () => {
  const rp = party()
  const { idToken } = await tokensOf(rp, client)
  await rp.signOut(idToken)
  const [token = ''] = await heardBy(client, 1)
  const { payload } = await verified(token, client)
  const { sub, sid } = claimsOf(idToken)
  expect(payload).toEqual({
    iss: issuer,
    sub,
    aud: client,
    sid,
    iat: expect.any(Number),
    exp: expect.any(Number),
    jti: expect.any(String),
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  })
  const [request] = app.heard.filter(({ body }) => body.includes(token))
  expect(request).toMatchObject({
    method: 'POST',
    path: '/logout',
    type: 'application/x-www-form-urlencoded',
  })
  expect([...new URLSearchParams(request?.body).keys()]).toEqual(['logout_token'])
})

test('back-channel logout section 2.6 and 4.1: a logout token is no ID token, and no hint', async () => {
  const rp = party()
  await rp.signOut((await tokensOf(rp, client)).idToken)
  const [token = ''] = await heardBy(client, 1)
  expect((await rp.signOut(token)).status).toBe(400)
})

test('back-channel logout section 2.5: every app of the session hears, and none of another session', async () => {
  const more = { logout: { backchannelUri: `${app.origin}/logout` } }
  const second = await registerLike(aws, ['acme', 'web'], more)
  const third = await registerLike(aws, ['acme', 'web'], more)
  const rp = party()
  const { idToken } = await tokensOf(rp, client)
  await tokensOf(rp, second)
  await tokensOf(party(), third)
  await rp.signOut(idToken)
  expect(await heardBy(client, 1)).toHaveLength(1)
  expect(await heardBy(second, 1)).toHaveLength(1)
  expect(await heardBy(third, 0)).toHaveLength(0)
})

test('oidc core section 8.1: a pairwise app hears of the subject and the session that its ID tokens have', async () => {
  const pairwise = await registerLike(aws, ['acme', 'web'], {
    subjectType: 'pairwise',
    logout: { backchannelUri: `${app.origin}/logout` },
  })
  const rp = party()
  const { idToken } = await tokensOf(rp, pairwise)
  const known = await tokensOf(rp, client)
  await rp.signOut(idToken)
  const [token] = await heardBy(pairwise, 1)
  const { sub, sid } = claimsOf(idToken)
  expect(claimsOf(token)).toMatchObject({ sub, sid })
  const [other] = await heardBy(client, 1)
  expect(claimsOf(other)['sid']).toBe(claimsOf(known.idToken)['sid'])
  expect(claimsOf(other)['sid']).not.toBe(sid)
})

test('back-channel logout section 2.4: the keys are those of the tenant, wherever they are kept', async () => {
  const more = { logout: { backchannelUri: `${app.origin}/logout` } }
  const id = await registerLike(aws, ['acme-wrapped', 'web'], more)
  const rp = new RelyingParty(origin, 'acme-wrapped')
  await rp.signOut((await tokensOf(rp, id)).idToken)
  const [token = ''] = await heardBy(id, 1)
  const wrapped = createRemoteJWKSet(new URL(`${rp.issuer}/oauth2/jwks`))
  const { payload } = await jwtVerify(token, wrapped, { issuer: rp.issuer, audience: id })
  expect(payload['events']).toBeDefined()
})

test("back-channel logout section 2: another user's sign-in ends the session, and the apps hear it", async () => {
  const rp = party()
  const { idToken } = await tokensOf(rp, client)
  const page = await rp.authorize({ prompt: 'login' })
  await rp.submitPassword(page, { username: 'grace@example.com' })
  const [token] = await heardBy(client, 1)
  expect(claimsOf(token)['sid']).toBe(claimsOf(idToken)['sid'])
})

/** What `npm run apply` does with one user of the tenant. */
async function applyUser(user: object): Promise<void> {
  const file = new URL('../support/configuration.json', import.meta.url)
  const { tenants } = JSON.parse(await readFile(file, 'utf8'))
  const { id, displayName, settings } = tenants.find(
    (tenant: { id: string }) => tenant.id === 'acme',
  )
  const document = JSON.stringify({ tenants: [{ id, displayName, settings, users: [user] }] })
  expect(await applyDocument(document, { aws, strictSecrets: false })).toMatchObject({
    kind: 'applied',
  })
}

test.each([
  ['is disabled', { active: false }],
  ['gets another password', { password: 'battery horse staple correct' }],
])(
  'back-channel logout section 2: the apps of a user who %s hear that the session is over',
  async (_, change) => {
    const user = { userName: `leaver-${randomUUID()}@example.com`, password }
    await applyUser(user)
    const { idToken } = await tokensOf(party(), client, 'openid', { username: user.userName })
    await applyUser({ ...user, ...change })
    const [token] = await heardBy(client, 1)
    const { sub, sid } = claimsOf(idToken)
    expect(claimsOf(token)).toMatchObject({ sub, sid })
  },
)

test('back-channel logout section 2.7: refresh tokens end with the session, but those of offline_access', async () => {
  const rp = party()
  const { idToken, refreshToken } = await tokensOf(rp, client)
  const offline = await tokensOf(rp, client, 'openid offline_access')
  await rp.signOut(idToken)
  const refresh = (token: string) =>
    rp.token({ grant_type: 'refresh_token', refresh_token: token }, basic(client, 'web-secret'))
  expect(await refresh(refreshToken)).toMatchObject({ status: 400 })
  expect(await refresh(offline.refreshToken)).toMatchObject({ status: 200 })
})

test('back-channel logout section 2.8: an app that fails is told again, with a new token', async () => {
  const own = await startListeningApp()
  onTestFinished(own.close)
  const logout = { backchannelUri: `${own.origin}/logout` }
  const id = await registerLike(aws, ['acme', 'web'], { logout })
  const rp = party()
  const { idToken } = await tokensOf(rp, id)
  own.answerWith(503)
  await rp.signOut(idToken)
  const heard = await own.waitFor(2)
  const tokens = heard.map(({ body }) => new URLSearchParams(body).get('logout_token') ?? '')
  const ids = tokens.map((token) => claimsOf(token)['jti'])
  expect(new Set(ids).size).toBe(2)
}, 40_000)
