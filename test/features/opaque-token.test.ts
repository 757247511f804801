import { expect, inject, test } from 'vitest'
import { RelyingParty } from '../support/relying-party.ts'
import { introspect, machineToken, revoke, tokensOf } from '../support/token-inquiry.ts'

const origin = inject('origin')
const party = new RelyingParty(origin, 'tokens')

test('an opaque token says nothing to who reads it, and everything to introspection', async () => {
  const { accessToken } = await tokensOf(party, 'opaque', { scope: 'openid profile' })
  expect(accessToken).toMatch(/^us-east-1\.[A-Za-z0-9._-]+$/)
  const content = accessToken.split('.').map((part) => Buffer.from(part, 'base64url').toString())
  expect(content.join(' ')).not.toMatch(/opaque|openid|ada/)
  expect((await introspect(party, accessToken, 'opaque')).body).toMatchObject({
    active: true,
    iss: party.issuer,
    aud: party.issuer,
    client_id: 'opaque',
    scope: 'openid profile',
    username: 'ada@example.com',
    token_type: 'Bearer',
    exp: expect.any(Number),
    jti: expect.stringMatching(/^us-east-1\./),
    auth_time: expect.any(Number),
  })
})

test('oidc core section 5.3: userinfo takes an opaque token', async () => {
  const { accessToken } = await tokensOf(party, 'opaque', { scope: 'openid profile' })
  expect(await party.userInfo(accessToken)).toMatchObject({
    status: 200,
    body: { name: 'Ada Lovelace' },
  })
})

test('no two opaque tokens are the same', async () => {
  const tokens = await Promise.all([1, 2].map(() => machineToken(party, 'opaque-machine')))
  expect(tokens[0]).not.toBe(tokens[1])
})

test('rfc7009 section 2.1: a revoked opaque token is refused at once', async () => {
  const { accessToken } = await tokensOf(party, 'opaque')
  await revoke(party, accessToken, 'opaque')
  expect(await party.userInfo(accessToken)).toMatchObject({ status: 401 })
  expect((await introspect(party, accessToken, 'opaque')).body).toEqual({ active: false })
  const machine = await machineToken(party, 'opaque-machine')
  await revoke(party, machine, 'opaque-machine')
  expect((await introspect(party, machine, 'opaque-machine')).body).toEqual({ active: false })
})

test('rfc6750 section 3.1: an opaque token that somebody has changed is invalid_token', async () => {
  const { accessToken, refreshToken } = await tokensOf(party, 'opaque')
  const changed = `${accessToken.slice(0, -1)}${accessToken.endsWith('A') ? 'B' : 'A'}`
  for (const token of [changed, refreshToken, accessToken.replace('us-', 'eu-')]) {
    expect(await party.userInfo(token)).toMatchObject({
      status: 401,
      body: { error: 'invalid_token' },
    })
  }
})

test('a token is opaque for its own tenant alone', async () => {
  const { accessToken } = await tokensOf(party, 'opaque')
  const other = new RelyingParty(origin, 'acme')
  expect(await other.userInfo(accessToken)).toMatchObject({ status: 401 })
})
