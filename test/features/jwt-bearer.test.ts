import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { ExchangeParty, exchangeTenant } from '../support/exchange-party.ts'
import { clientNamed, ExternalIssuer } from '../support/external-issuer.ts'
import { basic, claimsOf } from '../support/relying-party.ts'

const idp = new ExternalIssuer()
const party = new ExchangeParty()

beforeAll(async () => {
  await idp.start()
  await idp.trustedBy(inject('aws'), exchangeTenant, {
    keys: [idp.publicJwk],
    mappings: [
      {
        match: { sub: 'people/*' },
        userNameClaim: 'email',
        clients: [clientNamed('partner')],
        scopes: ['orders:read', 'orders:write'],
        resources: ['https://orders.example/'],
      },
    ],
  })
})
afterAll(() => idp.app.close())

const ada = { sub: 'people/1', email: 'ada@example.com', email_verified: true }
const good = (more = {}) => ({ ...ada, aud: party.issuer, ...more })
const now = () => Math.floor(Date.now() / 1000)
const refused = { status: 400, body: { error: 'invalid_grant' } }

test('rfc7523 section 2.1: a trusted assertion is worth a token, and no refresh token', async () => {
  const { status, body } = await party.assert('partner', await idp.token(good()))
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'orders:read',
    },
  })
  expect(claimsOf(body['access_token'])).toMatchObject({
    aud: 'https://orders.example/',
    client_id: 'partner',
  })
  const answer = await party.introspect('orders', body['access_token'])
  expect(answer.body).toMatchObject({ active: true })
})

test('rfc7523 section 3: an assertion counts once, and so does its jti', async () => {
  const first = await idp.token(good({ jti: 'the-same' }))
  expect(await party.assert('partner', first)).toMatchObject({ status: 200 })
  expect(await party.assert('partner', first)).toMatchObject(refused)
  const second = await idp.token(good({ jti: 'the-same' }))
  expect(await party.assert('partner', second)).toMatchObject(refused)
  const nameless = await idp.token(good({ jti: undefined }))
  expect(await party.assert('partner', nameless)).toMatchObject({ status: 200 })
  expect(await party.assert('partner', nameless)).toMatchObject(refused)
})

/** Of an ECDSA signature anybody can make the other one that holds: s becomes the order less s. */
function otherSignatureOf(jwt: string): string {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  const [header, claims, signature = ''] = jwt.split('.')
  const [r, s] = [0, 32].map((at) =>
    Buffer.from(signature, 'base64url').toString('hex', at, at + 32),
  )
  const other = (order - BigInt(`0x${s}`)).toString(16).padStart(64, '0')
  return `${header}.${claims}.${Buffer.from(`${r}${other}`, 'hex').toString('base64url')}`
}

test('rfc7521 section 5.2: an assertion without a jti comes no second time by its other signature', async () => {
  const nameless = await idp.token(good({ jti: undefined, exp: now() + 200 }))
  expect(await party.assert('partner', nameless)).toMatchObject({ status: 200 })
  expect(await party.assert('partner', otherSignatureOf(nameless))).toMatchObject(refused)
})

describe('rfc7521 section 4.1.1: what is not valid, or has expired', () => {
  describe('rfc7523 section 3.1: invalid_grant', () => {
    test.each([
      ['without sub', () => idp.token(good({ sub: undefined }))],
      ['without aud', () => idp.token(good({ aud: undefined }))],
      ['for somebody else', () => idp.token(good({ aud: 'https://else.example' }))],
      ['without exp', () => idp.token(good({ exp: undefined }))],
      ['that has expired', () => idp.token(good({ exp: now() - 1 }))],
      ['signed by another key', () => idp.token(good(), 'somebody else')],
      ['of an issuer that nobody trusts', () => idp.token(good({ iss: 'https://evil.example' }))],
      [
        'with an address that nobody has verified',
        () => idp.token(good({ email_verified: false })),
      ],
      ['of somebody who is not here', () => idp.token(good({ email: 'nobody@example.com' }))],
      [
        'that tells of a logout',
        () =>
          idp.token(good({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })),
      ],
      ['of somebody who is not mapped', () => idp.token(good({ sub: 'robots/1' }))],
      ['that is no JWT', async () => 'x'],
    ])('an assertion %s', async (_, assertion) => {
      expect(await party.assert('partner', await assertion())).toMatchObject(refused)
    })

    test('rfc7523 section 3.1: credentials that stand beside an assertion are verified', async () => {
      const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
      const form = { grant_type, assertion: await idp.token(good()) }
      expect(await party.token(form, basic('partner', 'wrong'))).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      })
    })
  })
})

test('rfc7521 section 4.1: scope is what the mapping and the client allow', async () => {
  const assertion = await idp.token(good())
  const wide = await party.assert('partner', assertion, { scope: 'orders:write' })
  expect(wide).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
})

test('rfc7521 section 4.1: a client that may not bring assertions gets nothing', async () => {
  expect(await party.assert('gateway', await idp.token(good()))).toMatchObject({
    status: 400,
    body: { error: 'unauthorized_client' },
  })
})

test('rfc7521 section 4.1: without an assertion the request is invalid', async () => {
  expect(await party.assert('partner', '')).toMatchObject({
    status: 400,
    body: { error: 'invalid_request' },
  })
})
