import { expect, inject, test } from 'vitest'
import { signedAssertion } from '../support/client-assertion.ts'
import { basic, callback, proofKey, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const party = new RelyingParty(origin)
const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const codeForm = async (code: Promise<string>) => ({
  grant_type: 'authorization_code',
  code: await code,
  redirect_uri: callback,
})

test('rfc6749 section 2.3.1: client_secret_basic decodes both halves from the form encoding', async () => {
  const form = await codeForm(party.code({ client_id: 'odd client:id' }))
  const answer = await party.token(form, basic('odd client:id', 'odd secret:with+signs%'))
  expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer' } })
})

test('rfc6749 section 2.3.1: client_secret_post', async () => {
  const form = await codeForm(party.code({ client_id: 'post' }))
  const answer = await party.token({ ...form, client_id: 'post', client_secret: 'post-secret' })
  expect(answer.status).toBe(200)
})

/**
 * A key of the client's own, of which we hold the public half.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.4.1.5
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.3.7
 */
test.each(['RS256', 'ES256'] as const)(
  'rfc7523 section 2.2: private_key_jwt with %s',
  async (alg) => {
    const form = await codeForm(party.code({ client_id: 'jwt' }))
    const assertion = await signedAssertion({ aud: party.issuer }, { alg })
    const proof = { client_assertion_type: jwtBearer, client_assertion: assertion }
    expect(await party.token({ ...form, ...proof })).toMatchObject({ status: 200 })
  },
)

test('rfc7636 section 4.5: a public client proves itself by code_verifier alone', async () => {
  const native = new RelyingParty(origin)
  const { verifier, challenge } = proofKey()
  const redirect = 'http://127.0.0.1:49152/callback'
  const code = await native.code({
    client_id: 'native',
    redirect_uri: redirect,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirect }
  const answer = await native.token({ ...form, client_id: 'native', code_verifier: verifier })
  expect(answer.status).toBe(200)
})

test('rfc6749 section 5.2 and oidc core section 3.1.3.1 and 3.1.3.4: a wrong secret is 401 invalid_client with a challenge', async () => {
  const answer = await party.token({ grant_type: 'client_credentials' }, basic('machine', 'wrong'))
  expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/)
})

test('rfc6749 section 3.2.1: an unknown client reads like a wrong secret', async () => {
  const form = { grant_type: 'client_credentials' }
  const unknown = await party.token(form, basic('nobody', 'x'))
  const wrong = await party.token(form, basic('machine', 'x'))
  expect(unknown.body).toEqual(wrong.body)
  expect(unknown.status).toBe(wrong.status)
})

test.each([
  ['another method than the registered one', { client_id: 'web', client_secret: 'web-secret' }],
  ['no authentication for a confidential client', { client_id: 'web' }],
  ['a secret for a client that has none', { client_id: 'native', client_secret: 'x' }],
])('rfc6749 section 2.2, 2.3, 3.2.1 and 4.1.3: %s is invalid_client', async (_, form) => {
  const answer = await party.token({ grant_type: 'refresh_token', refresh_token: 'x', ...form })
  expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
})

test('rfc6749 section 2.3.1: credentials in the URI count for nothing', async () => {
  const credentials = { client_id: 'post', client_secret: 'post-secret' }
  const grant = { grant_type: 'refresh_token', refresh_token: 'x' }
  const send = (query: object, form: object) =>
    fetch(`${party.issuer}/oauth2/token?${new URLSearchParams({ ...query })}`, {
      method: 'POST',
      body: new URLSearchParams({ ...form }),
    })
  expect((await send({}, { ...grant, ...credentials })).status).toBe(400)
  expect((await send(credentials, grant)).status).toBe(401)
})

test('rfc6749 section 3.2: only POST reaches the token endpoint', async () => {
  const query = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'machine' })
  expect((await fetch(`${party.issuer}/oauth2/token?${query}`)).status).toBe(404)
})

test('rfc6749 section 2.3: two ways of authentication at once are invalid_request', async () => {
  const form = { grant_type: 'client_credentials', client_id: 'machine', client_secret: 'x' }
  const answer = await party.token(form, basic('machine', 'machine-secret'))
  expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
})

test('rfc7523 section 3: an assertion is refused when it is used again', async () => {
  const proof = {
    client_assertion_type: jwtBearer,
    client_assertion: await signedAssertion({ aud: `${party.issuer}/oauth2/token` }),
  }
  const form = { grant_type: 'refresh_token', refresh_token: 'x', ...proof }
  expect(await party.token(form)).toMatchObject({ body: { error: 'invalid_grant' } })
  expect(await party.token(form)).toMatchObject({ body: { error: 'invalid_client' } })
})

test.each([
  ['another audience', { aud: 'https://other.example' }],
  ['another issuer', { iss: 'web' }],
  ['an expiry in the past', { exp: 1 }],
  ['no jti', { jti: '' }],
])('rfc7523 section 3: an assertion with %s is invalid_client', async (_, claims) => {
  const assertion = await signedAssertion({ aud: party.issuer, ...claims })
  const proof = { client_assertion_type: jwtBearer, client_assertion: assertion }
  const answer = await party.token({ grant_type: 'refresh_token', refresh_token: 'x', ...proof })
  expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
})
