import { createRemoteJWKSet, jwtVerify } from 'jose'
import { expect, inject, test } from 'vitest'
import { basic, claimsOf, RelyingParty } from '../support/relying-party.ts'
import { introspect, machineToken, revoke, tokensOf } from '../support/token-inquiry.ts'

const origin = inject('origin')
const party = new RelyingParty(origin, 'tokens')
const keys = createRemoteJWKSet(new URL(`${party.issuer}/oauth2/jwks`))

const orders = 'https://orders.example/'
const stock = 'https://stock.example/'
const ledger = 'https://ledger.example/'
const inactive = { active: false }
const invalidTarget = { status: 400, body: { error: 'invalid_target' } }

/** Asks for a token of a machine that is for all of these. */
async function machineAnswer(...resources: readonly string[]) {
  const body = new URLSearchParams({ grant_type: 'client_credentials' })
  for (const resource of resources) body.append('resource', resource)
  const headers = { authorization: basic('machine', 'machine-secret') }
  const response = await fetch(`${party.issuer}/oauth2/token`, { method: 'POST', headers, body })
  const answer: Record<string, unknown> = JSON.parse(await response.text())
  return { status: response.status, body: answer }
}

test('rfc9068 section 2.2: a JWT for a resource server is what it can verify by itself', async () => {
  const { accessToken } = await tokensOf(party, 'web', {
    scope: 'openid orders:read',
    resource: orders,
  })
  const { payload, protectedHeader } = await jwtVerify(accessToken, keys, {
    issuer: party.issuer,
    audience: orders,
    typ: 'at+jwt',
    requiredClaims: ['exp', 'sub', 'client_id', 'iat', 'jti', 'auth_time', 'acr'],
  })
  expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: expect.any(String) })
  expect(payload).toMatchObject({ client_id: 'web', scope: 'orders:read' })
})

test('rfc9068 section 2.1: a token is signed with the algorithm that its resource server wants', async () => {
  const token = await machineToken(party, 'machine', { resource: ledger })
  const { protectedHeader } = await jwtVerify(token, keys, { audience: ledger, typ: 'at+jwt' })
  expect(protectedHeader.alg).toBe('ES256')
})

test('rfc7662 section 2: a resource server asks about the tokens that are meant for it', async () => {
  const { accessToken } = await tokensOf(party, 'web', {
    scope: 'openid orders:read',
    resource: orders,
  })
  const { body } = await introspect(party, accessToken, 'orders-api')
  expect(body).toMatchObject({ active: true, aud: orders, client_id: 'web', scope: 'orders:read' })
})

test('rfc7662 section 4 and fapi 2.0 message signing section 6.2: of the tokens of others a resource server learns nothing', async () => {
  const forStock = await machineToken(party, 'machine', { resource: stock })
  const forNobody = await machineToken(party)
  const { refreshToken } = await tokensOf(party, 'web', { resource: orders })
  for (const token of [forStock, forNobody, refreshToken]) {
    expect((await introspect(party, token, 'orders-api')).body).toEqual(inactive)
  }
})

test('a resource server that wants opaque tokens gets them, and as brief as it wants', async () => {
  const { body } = await machineAnswer(stock)
  expect(body).toMatchObject({ expires_in: 120 })
  const token = String(body['access_token'])
  expect(token).not.toMatch(/^ey/)
  expect((await introspect(party, token, 'stock-api')).body).toMatchObject({
    active: true,
    aud: stock,
    sub: 'machine',
  })
})

test('rfc9701 section 3: the credentials of a resource server are good for questions alone', async () => {
  for (const grant_type of ['client_credentials', 'authorization_code', 'refresh_token']) {
    const form = { grant_type, code: 'x', redirect_uri: 'https://x.example/', refresh_token: 'x' }
    const answer = await party.token(form, basic('stock-api', 'stock-api-secret'))
    expect(answer).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } })
  }
  const forOrders = await machineToken(party, 'machine', { resource: orders })
  expect((await introspect(party, forOrders, 'stock-api')).body).toEqual(inactive)
})

test('rfc9068 section 4: a token for a resource server is none for userinfo', async () => {
  const { accessToken } = await tokensOf(party, 'web', {
    scope: 'openid orders:read',
    resource: orders,
  })
  expect(await party.userInfo(accessToken)).toMatchObject({ status: 401 })
})

test('rfc8707 section 2: what the tenant does not know is invalid_target', async () => {
  for (const resource of ['https://unknown.example/', 'https://orders.example']) {
    expect(await machineAnswer(resource)).toMatchObject(invalidTarget)
  }
})

test('rfc8707 section 2: resource servers that want different tokens are invalid_target together', async () => {
  for (const other of [stock, ledger]) {
    expect(await machineAnswer(orders, other)).toMatchObject(invalidTarget)
  }
})

test('rfc7009 section 2.1: a revoked token counts no more for its resource server', async () => {
  const { accessToken, refreshToken } = await tokensOf(party, 'web', {
    scope: 'openid orders:read',
    resource: orders,
  })
  await revoke(party, refreshToken, 'web')
  expect((await introspect(party, accessToken, 'orders-api')).body).toEqual(inactive)
})

test('rfc7009 section 2.1: a resource server cannot revoke what it has received', async () => {
  const token = await machineToken(party, 'machine', { resource: orders })
  expect(await revoke(party, token, 'orders-api')).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  })
  expect((await introspect(party, token, 'orders-api')).body).toHaveProperty('active', true)
})

test('rfc9728 section 3.2, 5.1 and 7.10: the challenge of userinfo leads to its metadata', async () => {
  const response = await fetch(`${party.issuer}/oauth2/userinfo`)
  const challenge = response.headers.get('www-authenticate') ?? ''
  const [, url = ''] = /^Bearer .*?resource_metadata="([^"]+)"/.exec(challenge) ?? []
  expect(url).toBe(`${origin}/.well-known/oauth-protected-resource/tokens/oauth2/userinfo`)
  const metadata = await fetch(url)
  expect(metadata.status).toBe(200)
  expect(metadata.headers.get('content-type')).toBe('application/json')
  // RFC 9728 section 7.10: kept for as long as it may be, and no longer.
  expect(metadata.headers.get('cache-control')).toBe('public, max-age=300')
  expect(await metadata.json()).toMatchObject({
    resource: `${party.issuer}/oauth2/userinfo`,
    authorization_servers: [party.issuer],
    bearer_methods_supported: ['header', 'body'],
  })
})

test('rfc9728 section 3.3 and 7.4: a token for the resource that the metadata name is one for userinfo, and for nobody else', async () => {
  const resource = `${party.issuer}/oauth2/userinfo`
  const { accessToken } = await tokensOf(party, 'web', { scope: 'openid profile', resource })
  expect(claimsOf(accessToken)).toHaveProperty('aud', resource)
  expect(await party.userInfo(accessToken)).toMatchObject({ status: 200 })
  expect((await introspect(party, accessToken, 'orders-api')).body).toEqual(inactive)
})

test('rfc9728 section 3.2: there are metadata of known tenants alone', async () => {
  const url = `${origin}/.well-known/oauth-protected-resource/nobody/oauth2/userinfo`
  expect((await fetch(url)).status).toBe(404)
})
