import { describe, expect, test } from 'vitest'
import { basic, callback, claimsOf } from '../support/relying-party.ts'
import { ResponseParty } from '../support/response-party.ts'

interface Known {
  readonly rp: ResponseParty
  readonly idToken: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly subject: string
}

async function known(client: string, redirectUri = callback): Promise<Known> {
  const rp = new ResponseParty(client)
  const { code = '' } = await rp.inQuery({ redirect_uri: redirectUri, scope: 'openid email' })
  const { body } = await rp.redeemed(code, redirectUri)
  const idToken = String(body['id_token'])
  return {
    rp,
    idToken,
    accessToken: String(body['access_token']),
    refreshToken: String(body['refresh_token']),
    subject: (await rp.verified(idToken)).sub ?? '',
  }
}

test('oidc core section 8.1: a client always knows a user by the same subject', async () => {
  const { subject } = await known('pair')
  expect((await known('pair')).subject).toBe(subject)
  expect(subject).toMatch(/^[\x21-\x7e]{1,255}$/)
})

test('oidc core section 8.1: so do clients of the same host, and no others', async () => {
  const { subject } = await known('pair')
  expect((await known('sibling')).subject).toBe(subject)
  expect((await known('stranger', 'https://other.example/callback')).subject).not.toBe(subject)
  expect((await known('web')).subject).not.toBe(subject)
})

/** The `sid` of an ID token that one more client gets in the session of this browser. */
async function sidFor(rp: ResponseParty, client: string, redirect_uri = callback): Promise<string> {
  const { code = '' } = await rp.inQuery({ client_id: client, redirect_uri })
  const form = { grant_type: 'authorization_code', code, redirect_uri }
  const { body } = await rp.token(form, basic(client, `${client}-secret`))
  return String(claimsOf(body['id_token'])['sid'])
}

test('oidc core section 8.1: a session has one sid for a sector, by which no other client knows it', async () => {
  const rp = new ResponseParty('pair')
  const sid = await sidFor(rp, 'pair')
  expect(await sidFor(rp, 'pair')).toBe(sid)
  expect(await sidFor(rp, 'sibling')).toBe(sid)
  const strange = await sidFor(rp, 'stranger', 'https://other.example/callback')
  const open = await sidFor(rp, 'web')
  expect(new Set([sid, strange, open]).size).toBe(3)
  expect(await sidFor(new ResponseParty('pair'), 'pair')).not.toBe(sid)
})

test('oidc core section 3.3.2.11: the tokens of both endpoints name the same session', async () => {
  const { rp, idToken } = await known('pair')
  const answer = await rp.inFragment({ response_type: 'id_token', nonce: 'n' })
  expect(claimsOf(answer['id_token'])['sid']).toBe(claimsOf(idToken)['sid'])
})

test('oidc core section 5.3.2: userinfo has the sub of the ID token, the access token as well', async () => {
  const { rp, accessToken, subject } = await known('pair')
  const { body } = await rp.userInfo(accessToken)
  expect(body).toMatchObject({ sub: subject, email: 'ada@example.com' })
  expect(claimsOf(accessToken)['sub']).toBe(subject)
})

test('oidc core section 12.2: a refresh keeps it', async () => {
  const { rp, refreshToken, subject } = await known('pair')
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const authorization = `Basic ${Buffer.from('pair:pair-secret').toString('base64')}`
  const { body } = await rp.token(form, authorization)
  expect((await rp.verified(body['id_token'])).sub).toBe(subject)
  expect((await rp.userInfo(String(body['access_token']))).body['sub']).toBe(subject)
})

test('oidc core section 8 and oidc core section 17.3: nothing that the client gets holds the public subject', async () => {
  const { subject: open } = await known('web')
  const { idToken, accessToken } = await known('pair')
  for (const jwt of [idToken, accessToken]) {
    expect(JSON.stringify(claimsOf(jwt))).not.toContain(open)
  }
})

test('oidc core section 3.2.2.5: tokens of the authorization endpoint have it too', async () => {
  const { rp, subject } = await known('pair')
  const asked = { response_type: 'id_token token', nonce: 'n' }
  const answer = await rp.inFragment(asked)
  expect((await rp.verified(answer['id_token'])).sub).toBe(subject)
  expect((await rp.userInfo(answer['access_token'] ?? '')).body['sub']).toBe(subject)
})

describe('an ID token that comes back', () => {
  test('oidc core section 3.1.2.1: as a hint names the user behind the subject', async () => {
    const { rp, idToken } = await known('pair')
    const hint = { prompt: 'none', id_token_hint: idToken }
    expect(await rp.inQuery(hint)).toHaveProperty('code')
  })

  test('rp-initiated logout section 2: ends the session', async () => {
    const { rp, idToken } = await known('pair')
    await rp.signOut(idToken)
    expect(await rp.inQuery({ prompt: 'none' })).toMatchObject({ error: 'login_required' })
  })

  test.each(['stranger', 'web'])(
    'oidc core section 8.1: tells a client of another sector nothing, whoever is signed in: %s',
    async (other) => {
      const { rp, idToken, subject } = await known('pair')
      const redirect_uri = other === 'stranger' ? 'https://other.example/callback' : callback
      const ask = (more: Record<string, string>) =>
        rp.inQuery({ client_id: other, redirect_uri, prompt: 'none', ...more })
      expect(await ask({})).toHaveProperty('code')
      expect(await ask({ id_token_hint: idToken })).toMatchObject({ error: 'invalid_request' })
      const claims = JSON.stringify({ id_token: { sub: { value: subject } } })
      expect(await ask({ claims })).toMatchObject({ error: 'login_required' })
    },
  )

  test('oidc core section 8.1: the subject that other clients know is none to a pairwise one', async () => {
    const { rp, idToken, subject } = await known('web')
    const ask = (more: Record<string, string>) =>
      rp.inQuery({ client_id: 'pair', prompt: 'none', ...more })
    expect(await ask({ id_token_hint: idToken })).toMatchObject({ error: 'invalid_request' })
    const claims = JSON.stringify({ id_token: { sub: { value: subject } } })
    expect(await ask({ claims })).toMatchObject({ error: 'login_required' })
  })
})
