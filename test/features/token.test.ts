import { describe, expect, inject, test } from 'vitest'
import { basic, callback, claimsOf, proofKey, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const party = new RelyingParty(origin)

const codeForm = async (code: Promise<string>) => ({
  grant_type: 'authorization_code',
  code: await code,
  redirect_uri: callback,
})

describe('authorization_code', () => {
  /**
   * Five minutes: less than the hour that is recommended.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc6750#section-5.3
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.5.2
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.5.3
   */
  test('rfc6749 section 5.1 and oidc core section 3.1.3.3: the answer is complete and never stored', async () => {
    const answer = await party.redeem(await party.code({ scope: 'openid email orders:read' }))
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'openid email orders:read',
      refresh_token: expect.any(String),
      id_token: expect.any(String),
    })
  })

  test('rfc9068 section 2.2: the access token carries the required claims and type', async () => {
    const { accessToken } = await party.tokens()
    const header = JSON.parse(Buffer.from(accessToken.split('.')[0] ?? '', 'base64url').toString())
    expect(header).toEqual({ alg: 'RS256', kid: expect.any(String), typ: 'at+jwt' })
    expect(claimsOf(accessToken)).toMatchObject({
      iss: party.issuer,
      aud: party.issuer,
      client_id: 'web',
      scope: 'openid',
      sub: expect.any(String),
      jti: expect.any(String),
    })
  })

  test('oidc core section 2: the ID token carries protocol claims only, with the nonce as sent', async () => {
    const nonce = 'n-0S6_WzA2Mj'
    const { idToken } = await party.tokens({ nonce, scope: 'openid profile email' })
    const claims = claimsOf(idToken)
    expect(claims).toMatchObject({ iss: party.issuer, aud: 'web', nonce, amr: ['pwd'] })
    expect(Object.keys(claims).sort()).toEqual(
      [
        'acr',
        'amr',
        'at_hash',
        'aud',
        'auth_time',
        'exp',
        'iat',
        'iss',
        'nonce',
        'sid',
        'sub',
      ].sort(),
    )
  })

  /**
   * A code that was left in a history or a log is worth nothing.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.5.4
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.1.1
   * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.2.4
   * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.3.1
   */
  test('rfc6749 section 4.1.2 and oidc core section 3.1.3.2 and 16.9: a second use is invalid_grant and revokes what the first issued', async () => {
    const code = await party.code()
    const first = await party.redeem(code)
    expect(await party.redeem(code)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
    const userInfo = await party.userInfo(String(first.body['access_token']))
    expect(userInfo).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
    const refresh = await party.refresh(String(first.body['refresh_token']))
    expect(refresh).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  test.each([
    ['another redirect_uri', { redirect_uri: 'https://app.example/callback?tenant=a' }],
    ['no redirect_uri', { redirect_uri: '' }],
    ['a verifier that was never announced', { code_verifier: 'v'.repeat(43) }],
  ])(
    'rfc6749 section 4.1.3 and 10.6: %s is invalid_grant, and the code stays usable',
    async (_, more) => {
      const code = await party.code()
      expect(await party.redeem(code, more)).toMatchObject({ body: { error: 'invalid_grant' } })
      expect(await party.redeem(code)).toMatchObject({ status: 200 })
    },
  )

  test('rfc6749 section 4.1.3 and 10.5 and oidc core section 3.1.3.2 and 16.10: a code of another client is invalid_grant, and stays usable', async () => {
    const code = await party.code()
    const stolen = { grant_type: 'authorization_code', code, redirect_uri: callback }
    const thief = { ...stolen, client_id: 'post', client_secret: 'post-secret' }
    expect(await party.token(thief)).toMatchObject({ body: { error: 'invalid_grant' } })
    expect(await party.redeem(code)).toMatchObject({ status: 200 })
  })

  test.each([
    ['a missing verifier', {}],
    ['another verifier', { code_verifier: 'x'.repeat(43) }],
  ])('rfc9700 section 2.1.1, 4.5.3.1 and 4.7.1: %s is invalid_grant', async (_, more) => {
    const { challenge } = proofKey()
    const code = await party.code({ code_challenge: challenge, code_challenge_method: 'S256' })
    expect(await party.redeem(code, more)).toMatchObject({ body: { error: 'invalid_grant' } })
  })

  test('a code of another tenant is invalid_grant', async () => {
    const code = await new RelyingParty(origin, 'globex').code()
    expect(await party.redeem(code)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
  })

  /**
   * Whether there are refresh tokens at all is decided for each client.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.2.1
   * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
   */
  test('a client without the refresh_token grant gets no refresh token', async () => {
    const form = await codeForm(party.code({ client_id: 'no-refresh' }))
    const { body } = await party.token(form, basic('no-refresh', 'no-refresh-secret'))
    expect(body).not.toHaveProperty('refresh_token')
  })
})

describe('refresh_token', () => {
  test('oidc core section 12.2: the refreshed ID token keeps iss, sub, aud, auth_time and sid', async () => {
    const tokens = await party.tokens({ nonce: 'once' })
    const before = claimsOf(tokens.idToken)
    const after = claimsOf((await party.refresh(tokens.refreshToken)).body['id_token'])
    for (const claim of ['iss', 'sub', 'aud', 'auth_time', 'sid']) {
      expect(after[claim]).toEqual(before[claim])
    }
    expect(after).not.toHaveProperty('nonce')
  })

  test('rfc9700 section 4.14.2: an earlier refresh token revokes the whole family', async () => {
    const { refreshToken } = await party.tokens()
    const { body } = await party.refresh(refreshToken)
    expect(body['refresh_token']).not.toBe(refreshToken)
    expect(await party.refresh(refreshToken)).toMatchObject({ body: { error: 'invalid_grant' } })
    const newest = await party.refresh(String(body['refresh_token']))
    expect(newest).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  test('rfc6749 section 6: scope may be narrowed, never widened', async () => {
    const { refreshToken } = await party.tokens({ scope: 'openid email' })
    const wider = await party.refresh(refreshToken, { scope: 'openid email phone' })
    expect(wider).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
    const narrower = await party.refresh(refreshToken, { scope: 'email' })
    expect(narrower).toMatchObject({ status: 200, body: { scope: 'email' } })
    expect(narrower.body).not.toHaveProperty('id_token')
  })

  test('rfc6749 section 6 and 10.4 and oidc core section 12.1: the token of another client is invalid_grant', async () => {
    const { refreshToken } = await party.tokens()
    const thief = { client_id: 'post', client_secret: 'post-secret' }
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, ...thief }
    expect(await party.token(form)).toMatchObject({ body: { error: 'invalid_grant' } })
    expect(await party.refresh(refreshToken)).toMatchObject({ status: 200 })
  })

  test('oidc core section 11: only with offline_access a refresh token outlives its session', async () => {
    const kept = new RelyingParty(origin)
    const offline = await kept.tokens({ scope: 'openid offline_access' })
    await kept.signOut(offline.idToken)
    expect(await kept.refresh(offline.refreshToken)).toMatchObject({ status: 200 })
    const ended = new RelyingParty(origin)
    const bound = await ended.tokens()
    await ended.signOut(bound.idToken)
    expect(await ended.refresh(bound.refreshToken)).toMatchObject({
      body: { error: 'invalid_grant' },
    })
  })
})

describe('client_credentials', () => {
  test('rfc6749 section 4.4.3: a machine gets a token for itself and no refresh token', async () => {
    const form = { grant_type: 'client_credentials' }
    const { status, body } = await party.token(form, basic('machine', 'machine-secret'))
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'orders:read orders:write',
    })
    expect(claimsOf(body['access_token'])).toMatchObject({ sub: 'machine', client_id: 'machine' })
  })

  test('rfc6749 section 3.3: a scope the client is not registered for is invalid_scope', async () => {
    const form = { grant_type: 'client_credentials', scope: 'orders:delete' }
    const answer = await party.token(form, basic('machine', 'machine-secret'))
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
  })

  test('rfc6749 section 5.2: a grant the client is not registered for is unauthorized_client', async () => {
    const answer = await party.token(
      { grant_type: 'client_credentials' },
      basic('web', 'web-secret'),
    )
    expect(answer).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } })
  })

  test('a tenant whose key is wrapped signs as well', async () => {
    const globex = new RelyingParty(origin, 'globex')
    const form = { grant_type: 'client_credentials' }
    const { body } = await globex.token(form, basic('machine', 'globex-machine-secret'))
    expect(claimsOf(body['access_token'])).toMatchObject({ iss: globex.issuer, sub: 'machine' })
  })
})
