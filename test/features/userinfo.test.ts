import { expect, inject, test } from 'vitest'
import { basic, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const party = new RelyingParty(origin)
const everything = 'openid profile email phone address groups'

test('oidc core section 5.4: each scope brings its claims, none is null or empty', async () => {
  const { accessToken } = await party.tokens({ scope: everything })
  expect(await party.userInfo(accessToken)).toMatchObject({
    status: 200,
    body: {
      sub: expect.any(String),
      name: 'Ada Lovelace',
      given_name: 'Ada',
      family_name: 'Lovelace',
      nickname: 'Countess',
      preferred_username: 'ada@example.com',
      picture: 'https://people.example/ada.jpg',
      zoneinfo: 'Europe/London',
      locale: 'en-GB',
      updated_at: expect.any(Number),
      email: 'ada@example.com',
      email_verified: true,
      phone_number: '+44 20 7946 0001',
      address: { street_address: '12 St James Square', locality: 'London', country: 'GB' },
      groups: ['Engineers'],
    },
  })
})

test('oidc core section 5.3.2: without further scopes there is sub and nothing else', async () => {
  const { accessToken } = await party.tokens()
  expect(Object.keys((await party.userInfo(accessToken)).body)).toEqual(['sub'])
})

test('rfc6750 section 2.2: the token may be posted in a form', async () => {
  const { accessToken } = await party.tokens()
  const response = await fetch(`${party.issuer}/oauth2/userinfo`, {
    method: 'POST',
    body: new URLSearchParams({ access_token: accessToken }),
  })
  expect(response.status).toBe(200)
})

test('oidc core section 5.3.1: POST with the token in the header and no body', async () => {
  const { accessToken } = await party.tokens()
  const headers = { authorization: `Bearer ${accessToken}` }
  const response = await fetch(`${party.issuer}/oauth2/userinfo`, { method: 'POST', headers })
  expect(response.status).toBe(200)
})

test('rfc6750 section 3: without a token there is a bare challenge', async () => {
  const response = await fetch(`${party.issuer}/oauth2/userinfo`)
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="sallyport", /)
  expect(response.headers.get('www-authenticate')).not.toContain('error')
})

test('rfc6750 section 3.1 and oidc core section 5.3.3: a token that is not ours is invalid_token', async () => {
  const answer = await party.userInfo('a.b.c')
  expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
  expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
})

test('rfc9068 section 4: an ID token is not an access token', async () => {
  const { idToken } = await party.tokens()
  expect(await party.userInfo(idToken)).toMatchObject({
    status: 401,
    body: { error: 'invalid_token' },
  })
})

test('a token of another tenant is invalid_token', async () => {
  const { accessToken } = await new RelyingParty(origin, 'globex').tokens()
  const answer = await party.userInfo(accessToken)
  expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
})

test('rfc6750 section 3.1: a token without the scope openid is insufficient_scope', async () => {
  const form = { grant_type: 'client_credentials' }
  const { body } = await party.token(form, basic('machine', 'machine-secret'))
  const answer = await party.userInfo(String(body['access_token']))
  expect(answer).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } })
})

test('rfc6750 section 2: a token sent twice is invalid_request', async () => {
  const { accessToken } = await party.tokens()
  const response = await fetch(`${party.issuer}/oauth2/userinfo`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}` },
    body: new URLSearchParams({ access_token: accessToken }),
  })
  expect(response.status).toBe(400)
})

test('asvs 7.4.1: once the session has ended its access tokens are refused', async () => {
  const rp = new RelyingParty(origin)
  const { accessToken, idToken } = await rp.tokens()
  await rp.signOut(idToken)
  expect(await rp.userInfo(accessToken)).toMatchObject({
    status: 401,
    body: { error: 'invalid_token' },
  })
})
