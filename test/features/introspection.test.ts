import { compactDecrypt, createRemoteJWKSet, importJWK, jwtVerify } from 'jose'
import { describe, expect, inject, test } from 'vitest'
import { signedAssertion } from '../support/client-assertion.ts'
import keys from '../support/client-keys.json' with { type: 'json' }
import { basic, claimsOf, RelyingParty } from '../support/relying-party.ts'
import { inquire, introspect, machineToken, tokensOf } from '../support/token-inquiry.ts'

const origin = inject('origin')
const tenant = 'tokens'
const newParty = () => new RelyingParty(origin, tenant)
const party = newParty()
const inactive = { active: false }
const jwtType = 'application/token-introspection+jwt'

test('rfc7662 section 2.2: what is said of an access token is what it says itself', async () => {
  const { accessToken } = await tokensOf(party, 'web', { scope: 'openid profile orders:read' })
  const { hdl: _, ...claims } = claimsOf(accessToken)
  const answer = await introspect(party, accessToken, 'web')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.body).toEqual({
    ...claims,
    active: true,
    scope: 'openid profile orders:read',
    username: 'ada@example.com',
    token_type: 'Bearer',
  })
})

test('rfc7662 section 5: the name of the user is told where the scope profile would tell it', async () => {
  const { accessToken } = await tokensOf(party, 'web')
  expect((await introspect(party, accessToken, 'web')).body).not.toHaveProperty('username')
})

test('rfc7662 section 2.2: of a refresh token its client learns what it is good for', async () => {
  const { refreshToken, idToken } = await tokensOf(party, 'web')
  const { body } = await introspect(party, refreshToken, 'web')
  expect(body).toMatchObject({
    active: true,
    client_id: 'web',
    scope: 'openid',
    sub: claimsOf(idToken)['sub'],
  })
  expect(body['exp']).toEqual(expect.any(Number))
  expect(body).not.toHaveProperty('token_type')
})

test('oidc core section 8.1: a pairwise client is told of the user by its own subject', async () => {
  const { accessToken, refreshToken, idToken } = await tokensOf(party, 'pairwise')
  const { sub } = claimsOf(idToken)
  expect((await introspect(party, accessToken, 'pairwise')).body).toMatchObject({ sub })
  expect((await introspect(party, refreshToken, 'pairwise')).body).toMatchObject({ sub })
})

test('rfc7662 section 2.2: a machine speaks for itself', async () => {
  const { body } = await introspect(party, await machineToken(party), 'machine')
  expect(body).toMatchObject({ active: true, sub: 'machine', client_id: 'machine' })
  expect(body).not.toHaveProperty('auth_time')
})

test('rfc7662 section 2.1: a hint that is wrong or unknown changes nothing', async () => {
  const { accessToken, refreshToken } = await tokensOf(party, 'web')
  for (const [token, hint] of [
    [accessToken, 'refresh_token'],
    [refreshToken, 'access_token'],
    [accessToken, 'nonsense'],
  ] as const) {
    const credentials = { client_id: 'web', client_secret: 'web-secret' }
    const form = { token, token_type_hint: hint }
    const refused = await inquire(party, 'introspect', { ...form, ...credentials })
    expect(refused.status, 'the client is registered for Basic').toBe(401)
    const answer = await introspect(party, token, 'web')
    expect(answer.body).toHaveProperty('active', true)
  }
})

describe('rfc7662 section 2.1 and 4: who does not authenticate learns nothing', () => {
  test.each([[{}], [{ client_id: 'spa' }], [{ client_id: 'web' }], [{ client_id: 'nobody' }]])(
    'rfc9701 section 4, 5 and 8.2: by %j alone, nor is it answered as RFC 7662 would',
    async (form) => {
      const { accessToken } = await tokensOf(party, 'web')
      for (const accept of ['application/json', jwtType]) {
        const sent = { token: accessToken, ...form }
        const answer = await inquire(party, 'introspect', sent, { accept })
        expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
        expect(answer.body).not.toHaveProperty('active')
      }
    },
  )

  test('rfc7662 section 2.3: credentials that are wrong are 401', async () => {
    const { accessToken } = await tokensOf(party, 'web')
    const wrong = await introspect(party, accessToken, 'web', { authorization: basic('web', 'no') })
    expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect(wrong.headers.get('www-authenticate')).toMatch(/^Basic /)
  })
})

test('rfc7662 section 4: a token is never read from a query, where it would be logged', async () => {
  const { accessToken } = await tokensOf(party, 'web')
  const query = new URLSearchParams({ token: accessToken })
  const headers = { authorization: basic('web', 'web-secret') }
  for (const method of ['GET', 'POST']) {
    const response = await fetch(`${party.issuer}/oauth2/introspect?${query}`, { method, headers })
    expect(response.status).toBe(method === 'GET' ? 404 : 400)
  }
})

test('rfc7662 section 2.1: an access token is no authentication', async () => {
  const { accessToken } = await tokensOf(party, 'web')
  const headers = { authorization: `Bearer ${accessToken}` }
  const answer = await inquire(party, 'introspect', { token: accessToken }, headers)
  expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
})

test('rfc7662 section 2.3 and 4 and fapi 2.0 message signing section 6.2: of what does not concern the caller nothing is said but that', async () => {
  const { accessToken, refreshToken } = await tokensOf(party, 'web')
  for (const token of [accessToken, refreshToken, 'unknown', 'a.b.c', 'us-east-1.x.y']) {
    const answer = await introspect(party, token, 'machine')
    expect(answer).toMatchObject({ status: 200 })
    expect(answer.body).toEqual(inactive)
  }
})

test('rfc7662 section 2.2: a token of another tenant, and an ID token, are not active', async () => {
  const { idToken } = await tokensOf(party, 'web')
  const { accessToken } = await new RelyingParty(origin, 'acme').tokens()
  for (const token of [idToken, accessToken]) {
    expect((await introspect(party, token, 'web')).body).toEqual(inactive)
  }
})

test('rfc7662 section 4: a token counts no more once its session has ended', async () => {
  const own = newParty()
  const { accessToken, refreshToken, idToken } = await tokensOf(own, 'web')
  await own.signOut(idToken)
  expect((await introspect(party, accessToken, 'web')).body).toEqual(inactive)
  expect((await introspect(party, refreshToken, 'web')).body).toEqual(inactive)
})

test('rfc7662 section 4: a refresh token that has a successor counts no more', async () => {
  const { refreshToken } = await tokensOf(party, 'web')
  const { body } = await party.refresh(refreshToken)
  expect((await introspect(party, refreshToken, 'web')).body).toEqual(inactive)
  const successor = String(body['refresh_token'])
  expect((await introspect(party, successor, 'web')).body).toHaveProperty('active', true)
})

test('rfc6749 section 10.5: what a code has led to counts no more when the code comes again', async () => {
  const code = await party.code()
  const { body } = await party.redeem(code)
  await party.redeem(code)
  const answer = await introspect(party, String(body['access_token']), 'web')
  expect(answer.body).toEqual(inactive)
})

const verificationKeys = createRemoteJWKSet(new URL(`${party.issuer}/oauth2/jwks`))
const verify = (jwt: string | Uint8Array, audience: string) =>
  jwtVerify(jwt, verificationKeys, {
    issuer: party.issuer,
    audience,
    typ: 'token-introspection+jwt',
  })

test('rfc9701 section 5: who accepts a JWT gets one, signed for it alone', async () => {
  const token = await machineToken(party)
  const answer = await introspect(party, token, 'machine', { accept: jwtType })
  expect(answer.headers.get('content-type')).toBe(jwtType)
  const { text } = await inquire(
    party,
    'introspect',
    { token },
    { accept: jwtType, authorization: `Basic ${btoa('machine:machine-secret')}` },
  )
  const { payload, protectedHeader } = await verify(text, 'machine')
  expect(protectedHeader.alg).toBe('RS256')
  expect(Object.keys(payload).sort()).toEqual(['aud', 'iat', 'iss', 'token_introspection'])
  expect(payload['token_introspection']).toMatchObject({ active: true, sub: 'machine' })
})

test('rfc9701 section 5: the keys are those of the tenant, wherever they are kept', async () => {
  const inKms = new RelyingParty(origin, 'acme')
  const { text } = await inquire(
    inKms,
    'introspect',
    { token: await machineToken(inKms) },
    { accept: jwtType, authorization: `Basic ${btoa('machine:machine-secret')}` },
  )
  const published = createRemoteJWKSet(new URL(`${inKms.issuer}/oauth2/jwks`))
  const { payload } = await jwtVerify(text, published, { issuer: inKms.issuer })
  expect(payload['token_introspection']).toMatchObject({ active: true, sub: 'machine' })
})

test('rfc9701 section 6: it is signed with the algorithm that the caller has registered', async () => {
  const { text } = await inquire(
    party,
    'introspect',
    { token: await machineToken(party) },
    { accept: jwtType, authorization: `Basic ${btoa('orders-api:orders-api-secret')}` },
  )
  const { payload, protectedHeader } = await verify(text, 'orders-api')
  expect(protectedHeader.alg).toBe('ES256')
  expect(payload['token_introspection']).toEqual(inactive)
})

const assertion = async () => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: await signedAssertion({ aud: party.issuer }),
})

test('rfc9701 section 6: it is encrypted to a caller that has registered for that', async () => {
  const { body } = await party.token({ grant_type: 'client_credentials', ...(await assertion()) })
  const form = { token: String(body['access_token']), ...(await assertion()) }
  const { text } = await inquire(party, 'introspect', form, { accept: jwtType })
  const key = await importJWK(keys['ECDH-ES'], 'ECDH-ES')
  const { plaintext, protectedHeader } = await compactDecrypt(text, key)
  expect(protectedHeader).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT' })
  const { payload } = await verify(plaintext, 'jwt')
  expect(payload['token_introspection']).toMatchObject({ active: true, client_id: 'jwt' })
})

test('rfc9701 section 8.1: an answer is no access token', async () => {
  const { accessToken } = await tokensOf(party, 'web', { scope: 'openid' })
  const { text } = await inquire(
    party,
    'introspect',
    { token: accessToken },
    { accept: jwtType, authorization: `Basic ${btoa('web:web-secret')}` },
  )
  expect(await party.userInfo(text)).toMatchObject({ status: 401 })
  expect((await introspect(party, text, 'web')).body).toEqual(inactive)
})
