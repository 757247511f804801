import { describe, expect, inject, test } from 'vitest'
import { ask, Registrar, redirectUri } from '../support/registrar.ts'
import { basic, proofKey, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const registrar = new Registrar(origin)

const refusedAs = (error: string) => ({ status: 400, body: { error } })

test('rfc7591 section 2, 3.2 and 3.2.1 and oidc registration section 3.2: the answer is 201, unstored, with everything that is registered', async () => {
  const { status, headers, body } = await registrar.register({
    redirect_uris: [redirectUri],
    client_name: 'Shop',
    'client_name#ja': '店',
    made_up: { by: 'the client' },
  })
  expect(status).toBe(201)
  expect(headers.get('content-type')).toBe('application/json')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(body).toEqual({
    client_id: expect.stringMatching(/^client-[\w-]{22}$/),
    client_id_issued_at: expect.any(Number),
    client_secret: expect.stringMatching(/^[\w-]{43}$/),
    client_secret_expires_at: 0,
    registration_access_token: expect.stringMatching(/^[\w-]{43}$/),
    registration_client_uri: `${registrar.issuer}/oauth2/register/${body['client_id']}`,
    client_name: 'Shop',
    application_type: 'web',
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
    scope: 'openid profile email offline_access orders:read',
  })
})

test('rfc7591 section 3 and 5 and oidc registration section 2.1 and 9.1: a registered client signs people in, who are asked for consent', async () => {
  const { id, secret } = await registrar.registered({
    client_name: '<b>Shop</b><script>evil()</script>',
    grant_types: ['authorization_code', 'refresh_token'],
  })
  const party = new RelyingParty(origin, 'bazaar')
  const request = { client_id: id, redirect_uri: redirectUri, scope: 'openid profile' }
  const consent = await party.submitPassword(await party.authorize(request))
  expect(consent.body).toContain('&lt;b&gt;Shop&lt;/b&gt;')
  expect(consent.body).not.toContain('<script>evil')
  expect(consent.body).toContain('client.example')
  const interaction = consent.field('interaction') ?? ''
  const { url } = await party.browser.post(`${party.issuer}/signin/consent`, {
    interaction,
    allow: 'yes',
  })
  const code = new URL(url).searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
  expect(await party.token(form, basic(id, secret))).toMatchObject({ status: 200 })
})

describe('rfc7591 section 3.2 and 3.2.2 and oidc registration section 3.3: what is wrong is told', () => {
  test.each([
    ['with a fragment', 'https://client.example/callback#here'],
    ['that is relative', '/callback'],
    ['over plain http', 'http://client.example/callback'],
    ['of a script', 'javascript:alert(1)'],
    ['with a wildcard', 'https://*.client.example/callback'],
    ['that is no text', 7],
  ])('rfc7591 section 5: a redirect URI %s is invalid_redirect_uri', async (_, uri) => {
    expect(await registrar.register({ redirect_uris: [uri] })).toMatchObject(
      refusedAs('invalid_redirect_uri'),
    )
  })

  test.each([
    ['redirect_uris that are missing', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['an unknown grant type', { grant_types: ['password'] }],
    ['a grant type beyond the policy', { grant_types: ['urn:openid:params:grant-type:ciba'] }],
    ['response types without their grant', { response_types: ['id_token token'] }],
    ['an unknown way to authenticate', { token_endpoint_auth_method: 'client_secret_jwt' }],
    ['two sets of keys', { jwks: { keys: [] }, jwks_uri: 'https://client.example/jwks' }],
    ['no keys for private_key_jwt', { token_endpoint_auth_method: 'private_key_jwt' }],
    ['a jwks_uri over plain http', { jwks_uri: 'http://client.example/jwks' }],
    ['scopes beyond the policy alone', { scope: 'admin:everything' }],
    ['an unsigned ID token', { id_token_signed_response_alg: 'none' }],
    ['an algorithm the tenant does not sign with', { id_token_signed_response_alg: 'PS256' }],
    ['claims signed by another algorithm', { userinfo_signed_response_alg: 'EdDSA' }],
    ['a logo that is a script', { logo_uri: 'javascript:alert(1)' }],
    ['a name that is a number', { client_name: 7 }],
  ])('%s', async (_, metadata, error = 'invalid_client_metadata') => {
    const answer = await registrar.register({ redirect_uris: [redirectUri], ...metadata })
    expect(answer).toMatchObject(refusedAs(error))
  })

  test.each([['[]'], ['7'], ['null'], ['"text"']])('a body of %s', async (body) => {
    const answer = await registrar.register(body)
    expect(answer).toMatchObject(refusedAs('invalid_client_metadata'))
  })

  test.each([
    ['application/x-www-form-urlencoded', 'redirect_uris=x'],
    ['application/json', '{"redirect_uris":'],
  ])(
    'rfc7591 section 3.1 and oidc registration section 3.1: a request is JSON: %s',
    async (type, body) => {
      const url = `${registrar.issuer}/oauth2/register`
      expect(await ask(url, 'POST', { body, type })).toMatchObject(refusedAs('invalid_request'))
    },
  )
})

test('rfc7591 section 2 and 6: what the client may not decide is passed over, its id first of all', async () => {
  const { id, body } = await registrar.registered({
    client_id: 'web',
    client_secret: 'chosen',
    skip_consent: true,
    refresh_token_grace_seconds: 60,
    client_secret_expires_at: 1,
  })
  expect(id).not.toBe('web')
  expect(body['client_secret']).not.toBe('chosen')
  expect(body['client_secret_expires_at']).toBe(0)
  expect(body).not.toHaveProperty('skip_consent')
})

test('cimd section 7.1: an id that we give is no address', async () => {
  expect((await registrar.registered()).id).not.toMatch(/^https?:/)
})

test('rfc7591 section 2.1: scopes beyond the policy are left out, and the client is told', async () => {
  const { body } = await registrar.registered({ scope: 'openid admin:everything orders:read' })
  expect(body['scope']).toBe('openid orders:read')
})

test('oidc registration section 2: response types in any order, and the algorithms of the answers', async () => {
  const { body } = await registrar.registered({
    grant_types: ['authorization_code', 'implicit'],
    response_types: ['token id_token code', 'id_token'],
    id_token_signed_response_alg: 'ES256',
    userinfo_signed_response_alg: 'RS256',
    contacts: ['ops@client.example'],
    default_max_age: 60,
    require_auth_time: true,
  })
  expect(body).toMatchObject({
    response_types: ['code id_token token', 'id_token'],
    id_token_signed_response_alg: 'ES256',
    userinfo_signed_response_alg: 'RS256',
    contacts: ['ops@client.example'],
    default_max_age: 60,
  })
})

test('rfc8252 section 8.4: a program that names only loopback is a native app', async () => {
  const { body } = await registrar.registered({
    redirect_uris: ['http://127.0.0.1/callback'],
    token_endpoint_auth_method: 'none',
  })
  expect(body).toMatchObject({ application_type: 'native' })
  expect(body).not.toHaveProperty('client_secret')
  expect(body).not.toHaveProperty('client_secret_expires_at')
})

describe('rfc7591 section 1.2: an initial access token', () => {
  const guild = new Registrar(origin, 'guild')
  const token = 'guild-initial-9mKvVQ2m0xq3T7yBz1Lr8Wc5NsEuJdPh'
  const expired = 'guild-expired-4pXwRk8Zt6Yb2Vn1Qa7Ms3Hd9FcGjLe'
  const machine = {
    grant_types: ['client_credentials'],
    redirect_uris: ['https://a.guild.example/callback'],
  }

  test('rfc7591 section 3 and oidc registration section 3: is asked for, and nothing else is told', async () => {
    const { status, headers, body } = await guild.register(machine)
    expect({ status, body }).toEqual({ status: 401, body: {} })
    expect(headers.get('www-authenticate')).toBe('Bearer realm="sallyport"')
  })

  test.each([
    ['an unknown one', 'x'.repeat(43)],
    ['an expired one', expired],
  ])('%s is invalid_token', async (_, presented) => {
    const answer = await guild.register(machine, presented)
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/)
  })

  test('of another tenant is none', async () => {
    const answer = await new Registrar(origin, 'acme').register(machine, token)
    expect(answer).toMatchObject({ status: 401 })
  })

  test('allows what its policy says, and as often as it says', async () => {
    const outside = { ...machine, redirect_uris: ['https://elsewhere.example/callback'] }
    expect(await guild.register(outside, token)).toMatchObject(refusedAs('invalid_redirect_uri'))
    const people = { ...machine, grant_types: ['authorization_code'] }
    expect(await guild.register(people, token)).toMatchObject(refusedAs('invalid_client_metadata'))
    const attempts = await Promise.all(
      Array.from({ length: 4 }, () => guild.register(machine, token)),
    )
    expect(attempts.map(({ status }) => status).toSorted()).toEqual([201, 201, 401, 401])
    const [first] = attempts.filter(({ status }) => status === 201)
    expect(first?.body).toMatchObject({ scope: 'openid ledger:read' })
    await staysWithin(first?.body ?? {})
  })

  /** Nobody gets by a change what the token did not allow. */
  async function staysWithin(client: Readonly<Record<string, unknown>>): Promise<void> {
    const { client_id, registration_client_uri: url, registration_access_token } = client
    const change = (more: object) =>
      ask(String(url), 'PUT', {
        token: String(registration_access_token),
        body: { ...machine, client_id, ...more },
      })
    const elsewhere = ['https://elsewhere.example/callback']
    expect(await change({ redirect_uris: elsewhere })).toMatchObject(
      refusedAs('invalid_redirect_uri'),
    )
    const places = [{ post_logout_redirect_uris: elsewhere }, { initiate_login_uri: elsewhere[0] }]
    for (const more of [...places, { grant_types: ['authorization_code'] }]) {
      expect(await change(more)).toMatchObject(refusedAs('invalid_client_metadata'))
    }
    const { body } = await change({ scope: 'openid profile ledger:read' })
    expect(body).toMatchObject({ scope: 'openid ledger:read' })
  }
})

test('rfc7591 section 3: a tenant that has not said so registers nobody', async () => {
  const answer = await new Registrar(origin, 'globex').register({ redirect_uris: [redirectUri] })
  expect(answer).toMatchObject({ status: 403, body: { error: 'access_denied' } })
})

test('rfc6585 section 4: of what clients push that nobody answers for, a network gets a hundred in a quarter of an hour', async () => {
  const { id, secret } = await registrar.registered()
  const body = new URLSearchParams({
    ...{ client_id: id, redirect_uri: redirectUri, response_type: 'code', scope: 'openid' },
    ...{ code_challenge: proofKey().challenge, code_challenge_method: 'S256' },
  })
  const headers = { authorization: basic(id, secret) }
  const push = () => fetch(`${registrar.issuer}/oauth2/par`, { method: 'POST', headers, body })
  const pushed = await Promise.all(Array.from({ length: 101 }, push))
  expect(pushed.filter(({ status }) => status === 201)).toHaveLength(100)
  const refused = pushed.find(({ status }) => status === 429)
  expect(refused?.headers.get('retry-after')).toBe('900')
  expect(await refused?.json()).toMatchObject({ error: 'temporarily_unavailable' })
})
