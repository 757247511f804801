import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { ExchangeParty, exchangeTenant } from '../support/exchange-party.ts'
import { clientNamed, ExternalIssuer } from '../support/external-issuer.ts'
import { claimsOf } from '../support/relying-party.ts'

const [ci, stranger] = [new ExternalIssuer(), new ExternalIssuer()]
const party = new ExchangeParty()
const sub = 'repo:acme/shop:ref:refs/heads/main'

beforeAll(async () => {
  await Promise.all([ci.start(), stranger.start()])
  await ci.trustedBy(inject('aws'), exchangeTenant, {
    mappings: [
      { match: { sub: 'repo:acme/shop:*' }, client: clientNamed('deployer') },
      { match: { sub: 'repo:acme/runner:*' }, client: clientNamed('runner') },
    ],
  })
})
afterAll(() => Promise.all([ci.app.close(), stranger.app.close()]))

const good = (more = {}) => ({ sub, aud: party.issuer, ...more })
const now = () => Math.floor(Date.now() / 1000)
const refused = { status: 401, body: { error: 'invalid_client' } }

describe('rfc7523 section 2.2: a workload is known by the word of the place that it runs at', () => {
  test('it gets a token as its client, without any secret', async () => {
    const { status, body } = await party.workload('deployer', await ci.token(good()))
    expect({ status, body }).toMatchObject({ status: 200, body: { scope: 'orders:write' } })
    expect(claimsOf(body['access_token'])).toMatchObject({ sub: 'deployer', client_id: 'deployer' })
  })

  test('rfc7523 section 3: the token endpoint may be named as the audience, among others', async () => {
    const aud = ['https://elsewhere.example', `${party.issuer}/oauth2/token`]
    expect(await party.workload('deployer', await ci.token(good({ aud })))).toMatchObject({
      status: 200,
    })
  })

  test('the same token serves again while it lasts, as clusters need it', async () => {
    const token = await ci.token(good())
    expect(await party.workload('deployer', token)).toMatchObject({ status: 200 })
    expect(await party.workload('deployer', token)).toMatchObject({ status: 200 })
  })

  test.each([
    ['rfc7523 section 3: without iss', () => ci.token(good({ iss: undefined }))],
    ['rfc7523 section 3: of an issuer that nobody trusts', () => stranger.token(good())],
    ['rfc7523 section 3: without sub', () => ci.token(good({ sub: undefined }))],
    ['rfc7523 section 3: without aud', () => ci.token(good({ aud: undefined }))],
    ['rfc7523 section 3: for somebody else', () => ci.token(good({ aud: 'https://else.example' }))],
    ['rfc7523 section 3: without exp', () => ci.token(good({ exp: undefined }))],
    ['rfc7523 section 3: that has expired', () => ci.token(good({ exp: now() - 1 }))],
    ['that lasts for longer than a day', () => ci.token(good({ exp: now() + 90_000 }))],
    ['rfc7523 section 3: that has not begun', () => ci.token(good({ nbf: now() + 60 }))],
    ['from the future', () => ci.token(good({ iat: now() + 60 }))],
    ['rfc7523 section 3: signed by another key', () => ci.token(good(), 'somebody else')],
    ['of another repository', () => ci.token(good({ sub: 'repo:acme/other:ref:refs/heads/main' }))],
    ['of one that is named alike', () => ci.token(good({ sub: 'repo:acme/shop-2:ref:x' }))],
    ['of nothing below', () => ci.token(good({ sub: 'repo:acme/shop:' }))],
  ])('a token is refused %s', async (_, token) => {
    expect(await party.workload('deployer', await token())).toMatchObject(refused)
  })

  test('it is nobody else: not a client with a secret, nor one that is not there', async () => {
    for (const client of ['gateway', 'nobody']) {
      expect(await party.workload(client, await ci.token(good()))).toMatchObject(refused)
    }
  })

  test('its name alone is no proof', async () => {
    const form = { grant_type: 'client_credentials', client_id: 'deployer' }
    expect(await party.token(form)).toMatchObject(refused)
  })

  test('rfc7521 section 4.2: client_id and the assertion name one client', async () => {
    const token = await ci.token(good({ sub: 'deployer' }))
    expect(await party.workload('deployer', token)).toMatchObject(refused)
  })
})

describe('rfc7521 section 4.2: a workload authenticates wherever clients do', () => {
  const credentials = async (client: string) => ({
    client_id: client,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await ci.token(good({ sub: 'repo:acme/runner:x' })),
  })

  test.each([
    ['introspection', 'introspect', 200, { token: 'none' }],
    ['revocation', 'revoke', 200, { token: 'none' }],
    [
      'pushed requests',
      'par',
      201,
      {
        response_type: 'code',
        redirect_uri: 'https://app.example/callback',
        scope: 'openid',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      },
    ],
    ['device authorization', 'device_authorization', 200, { scope: 'openid' }],
    [
      'backchannel authentication',
      'bc-authorize',
      200,
      { scope: 'openid', login_hint: 'ada@example.com' },
    ],
  ])('at the endpoint of %s, and nobody else does in its name', async (_, path, status, form) => {
    const own = await party.post(`oauth2/${path}`, { ...form, ...(await credentials('runner')) })
    expect(own).toMatchObject({ status })
    const others = await party.post(`oauth2/${path}`, {
      ...form,
      ...(await credentials('deployer')),
    })
    expect(others).toMatchObject(refused)
  })
})
