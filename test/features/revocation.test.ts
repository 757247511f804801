import { expect, inject, test } from 'vitest'
import { signedAssertion } from '../support/client-assertion.ts'
import { callback, proofKey, RelyingParty } from '../support/relying-party.ts'
import { inquire, introspect, machineToken, revoke, tokensOf } from '../support/token-inquiry.ts'

const origin = inject('origin')
const party = new RelyingParty(origin, 'tokens')
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } }

const isActive = async (token: string, client = 'web') =>
  (await introspect(party, token, client)).body['active']

/**
 * What is revoked counts no more, at once.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.2.4
 */
test('rfc7009 section 2.1 and oidc core section 16.18: with a refresh token everything of its grant is revoked, at once', async () => {
  const { accessToken, refreshToken } = await tokensOf(party, 'web')
  const answer = await revoke(party, refreshToken, 'web')
  expect(answer).toMatchObject({ status: 200, text: '{}' })
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await party.refresh(refreshToken)).toMatchObject(invalidGrant)
  expect(await party.userInfo(accessToken)).toMatchObject({ status: 401 })
  expect(await isActive(accessToken)).toBe(false)
  expect(await isActive(refreshToken)).toBe(false)
})

test('rfc7009 section 2.1: with an access token of a user its grant is revoked', async () => {
  const { accessToken, refreshToken } = await tokensOf(party, 'web')
  expect(await revoke(party, accessToken, 'web')).toMatchObject({ status: 200 })
  expect(await party.userInfo(accessToken)).toMatchObject({ status: 401 })
  expect(await isActive(accessToken)).toBe(false)
  expect(await party.refresh(refreshToken)).toMatchObject(invalidGrant)
})

test('rfc7009 section 2.1: the other grants of the client go on', async () => {
  const first = await tokensOf(party, 'web')
  const second = await tokensOf(party, 'web')
  await revoke(party, first.refreshToken, 'web')
  expect(await isActive(second.accessToken)).toBe(true)
})

test('rfc7009 section 2.1: a token of a client that acts for itself is revoked alone', async () => {
  const [first, second] = [await machineToken(party), await machineToken(party)]
  expect(await revoke(party, first, 'machine')).toMatchObject({ status: 200 })
  expect(await isActive(first, 'machine')).toBe(false)
  expect(await isActive(second, 'machine')).toBe(true)
})

test('rfc7009 section 2.2: to revoke again is no error', async () => {
  const { refreshToken } = await tokensOf(party, 'web')
  const token = await machineToken(party)
  for (const [revoked, client] of [
    [refreshToken, 'web'],
    [token, 'machine'],
  ] as const) {
    await revoke(party, revoked, client)
    expect(await revoke(party, revoked, client)).toMatchObject({ status: 200 })
  }
})

test('rfc7009 section 2.2: a token that is none is as good as revoked', async () => {
  for (const token of ['unknown', 'a.b.c', 'us-east-1.x.y']) {
    expect(await revoke(party, token, 'web')).toMatchObject({ status: 200, text: '{}' })
  }
})

test('rfc7009 section 2.1 and 5: a token of another client is refused, and goes on', async () => {
  const { accessToken, refreshToken } = await tokensOf(party, 'web')
  for (const token of [accessToken, refreshToken]) {
    expect(await revoke(party, token, 'machine')).toMatchObject(invalidGrant)
  }
  expect(await isActive(accessToken)).toBe(true)
  expect(await isActive(refreshToken)).toBe(true)
})

test('rfc7009 section 2.2.1: an ID token cannot be revoked', async () => {
  const { idToken } = await tokensOf(party, 'web')
  expect(await revoke(party, idToken, 'web')).toMatchObject({
    status: 400,
    body: { error: 'unsupported_token_type' },
  })
})

test('rfc7009 section 2.1: a public client revokes its tokens, named by client_id', async () => {
  const { verifier, challenge } = proofKey()
  const code = await party.code({
    client_id: 'spa',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const { body } = await party.token({
    grant_type: 'authorization_code',
    client_id: 'spa',
    code,
    redirect_uri: callback,
    code_verifier: verifier,
  })
  const token = String(body['refresh_token'])
  const answer = await inquire(party, 'revoke', { token, client_id: 'spa' })
  expect(answer.status).toBe(200)
  expect(
    await party.token({ grant_type: 'refresh_token', client_id: 'spa', refresh_token: token }),
  ).toMatchObject(invalidGrant)
})

test('rfc7009 section 2.1 and 5: who does not authenticate revokes nothing', async () => {
  const { refreshToken } = await tokensOf(party, 'web')
  for (const form of [{}, { client_id: 'web' }, { client_id: 'web', client_secret: 'wrong' }]) {
    expect(await inquire(party, 'revoke', { token: refreshToken, ...form })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    })
  }
  expect(await isActive(refreshToken)).toBe(true)
})

test('rfc7009 section 2.1: a client may authenticate with its key', async () => {
  const assertion = async () => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signedAssertion({ aud: party.issuer }),
  })
  const { body } = await party.token({ grant_type: 'client_credentials', ...(await assertion()) })
  const token = String(body['access_token'])
  expect(await inquire(party, 'revoke', { token, ...(await assertion()) })).toHaveProperty(
    'status',
    200,
  )
})

test('rfc7009 section 2: the token is never read from the query', async () => {
  const { refreshToken } = await tokensOf(party, 'web')
  const query = new URLSearchParams({ token: refreshToken })
  const response = await fetch(`${party.issuer}/oauth2/revoke?${query}`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('web:web-secret')}` },
  })
  expect(response.status).toBe(400)
  expect(await isActive(refreshToken)).toBe(true)
})

test('of 50 concurrent revocations of one token none fails', async () => {
  const { refreshToken } = await tokensOf(party, 'web')
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => revoke(party, refreshToken, 'web')),
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(await isActive(refreshToken)).toBe(false)
})
