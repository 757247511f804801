import { createHash } from 'node:crypto'
import { describe, expect, inject, test } from 'vitest'
import { dpopKey } from '../support/dpop.ts'
import { certifiedCertificate, ProfileParty, secondsFromNow } from '../support/profile-party.ts'
import { claimsOf } from '../support/relying-party.ts'

type Fields = Readonly<Record<string, string>>

const ledger = (client?: string) => new ProfileParty('ledger', client)
const invalidClient = { status: 401, body: { error: 'invalid_client' } }
const invalidRequest = { status: 400, body: { error: 'invalid_request' } }
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } }

const hybrid = { response_type: 'code id_token', nonce: 'n', state: 's' }
const jarm = { response_mode: 'jwt', nonce: 'n', state: 's' }

/** Sends the person with a request object of these claims; what comes back, wherever it is. */
async function sent(party: ProfileParty, claims: object, outside: Fields = {}): Promise<Fields> {
  const request = await party.object({ ...claims })
  const { client_id: id = '', ...rest } = party.request()
  const url = await party.answered({ ...rest, client_id: id, request, ...outside })
  if (url.href.startsWith(party.issuer)) return {}
  return Object.fromEntries(new URLSearchParams(url.hash.slice(1) || url.search))
}

const codeOf = async (party: ProfileParty) => (await sent(party, hybrid))['code'] ?? ''

const halfHash = (value = '') =>
  createHash('sha256').update(value).digest().subarray(0, 16).toString('base64url')

describe('fapi1 advanced section 5.2.2: the request', () => {
  test('clause 1: comes in a signed object by value', async () => {
    expect(await sent(ledger(), hybrid)).toMatchObject({ code: expect.any(String), state: 's' })
  })

  test('clause 1: one that nobody has signed is refused', async () => {
    const party = ledger()
    for (const more of [hybrid, jarm]) {
      const url = await party.answered(party.request(more))
      expect(url.href).toMatch(/error=|response=|\/ledger\//)
      expect(url.href).not.toMatch(/[?#&]code=/)
    }
    expect(await party.pushes(party.request(hybrid))).toMatchObject(invalidRequest)
  })

  test('clause 1: nor is one fetched from somewhere', async () => {
    const party = ledger()
    const url = await party.answered({
      ...party.request(hybrid),
      request_uri: 'https://app.example/r',
    })
    expect(url.href).toContain('error=request_uri_not_supported')
  })

  test('fapi1 advanced section 5.2.2 and 8.3.3: clause 2: a code alone is answered with in a signed response', async () => {
    const party = ledger()
    const answer = await sent(party, jarm)
    expect(Object.keys(answer)).toEqual(['response'])
    expect(await party.verified(answer['response'])).toMatchObject({
      iss: party.issuer,
      aud: 'app',
      state: 's',
      code: expect.any(String),
    })
  })

  test.each<[string, Fields]>([
    ['a code in the clear', { nonce: 'n', state: 's' }],
    ['a code in a query', { nonce: 'n', response_mode: 'query' }],
    ['a code in a fragment', { nonce: 'n', response_mode: 'fragment' }],
    ['tokens', { nonce: 'n', response_type: 'code id_token token' }],
    ['a token alone', { response_type: 'token' }],
    ['an ID token in a query', { ...hybrid, response_mode: 'query' }],
  ])('clauses 2 and 3: %s is refused', async (_, claims) => {
    const answer = await sent(ledger(), claims)
    expect(answer).toHaveProperty('error')
    expect(answer).not.toHaveProperty('code')
  })

  test('fapi1 advanced section 5.2.2 and 8.4.3: clause 4: the ID token is a detached signature of code and state', async () => {
    const party = ledger()
    const { id_token: idToken, code, state } = await sent(party, hybrid)
    expect(await party.verified(idToken)).toMatchObject({
      alg: 'PS256',
      nonce: 'n',
      c_hash: halfHash(code),
      s_hash: halfHash(state),
    })
  })

  test.each<[string, object]>([
    ['clause 10: no exp', { exp: undefined }],
    ['clause 13: no nbf', { nbf: undefined }],
    ['clause 13: an nbf of more than 60 minutes ago', { nbf: secondsFromNow(-3700) }],
    ['clause 13: an exp of more than 60 minutes after nbf', { exp: secondsFromNow(3900) }],
    ['clause 11: another aud', { aud: 'https://other.example' }],
    ['clause 10: an exp that is over', { exp: secondsFromNow(-60), nbf: secondsFromNow(-90) }],
    ['clause 10: no scope', { scope: undefined }],
    ['clause 10: no redirect_uri', { redirect_uri: undefined }],
    ['fapi1 baseline section 5.2.2: no nonce', { nonce: undefined }],
  ])('%s is refused, whatever stands beside it', async (_, claims) => {
    const answer = await sent(ledger(), { ...hybrid, ...claims }, { nonce: 'n' })
    expect(answer).not.toHaveProperty('code')
  })

  test('fapi1 advanced section 5.2.2 and 8.4.2: clause 10: only what is in the object counts', async () => {
    const outside = { state: 'outside', nonce: 'outside' }
    const { state: _, ...stateless } = hybrid
    const party = ledger()
    const { id_token: idToken, ...answer } = await sent(party, stateless, outside)
    expect(answer).not.toHaveProperty('state')
    expect(await party.verified(idToken)).toMatchObject({ nonce: 'n' })
  })

  test('clause 10: several audiences are accepted, ours among them', async () => {
    const party = ledger()
    const aud = ['https://other.example', party.issuer]
    expect(await sent(party, { ...hybrid, aud })).toHaveProperty('code')
  })

  test('fapi1 advanced section 8.6: no other signature than PS256 or ES256', async () => {
    const party = ledger()
    const [, payload = ''] = (await party.object(hybrid)).split('.')
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    for (const request of [none, await party.object(hybrid, 'RS256')]) {
      const { href } = await party.answered({ ...party.request(hybrid), request })
      expect(href).not.toMatch(/[?#&]code=/)
    }
    const weak = await party.assertion({}, 'RS256')
    const form = { request: await party.object(hybrid), client_id: 'app' }
    expect(await party.pushes(form, weak)).toMatchObject(invalidClient)
  })

  test('clause 18: a pushed request needs PKCE, one that is sent along does not', async () => {
    const party = ledger()
    const without = { ...hybrid, code_challenge: undefined, code_challenge_method: undefined }
    const request = await party.object(without)
    expect(await party.pushes({ client_id: 'app', request })).toMatchObject(invalidRequest)
    expect(await sent(party, without)).toHaveProperty('code')
    const pushed = { client_id: 'app', request: await party.object(hybrid) }
    expect(await party.pushes(pushed)).toMatchObject({ status: 201 })
    const plain = await party.object({ ...hybrid, code_challenge_method: 'plain' })
    expect(await party.pushes({ client_id: 'app', request: plain })).toMatchObject(invalidRequest)
  })
})

describe('fapi1 advanced section 5.2.2: tokens', () => {
  test('clause 5: are bound to a key of the client', async () => {
    const party = ledger()
    const code = await codeOf(party)
    expect(await party.grant(party.codeForm(code), {})).toMatchObject(invalidRequest)
    const { body } = await party.grant(party.codeForm(code))
    const { jkt } = await party.key
    expect(claimsOf(body['access_token'])['cnf']).toEqual({ jkt })
  })

  test('clause 6: or to the certificate of its connection', async () => {
    const party = ledger('certified')
    const certificate = await certifiedCertificate()
    const form = { ...party.codeForm(await codeOf(party)), client_id: 'certified' }
    expect(await party.postOverTls('oauth2/token', form)).toMatchObject(invalidClient)
    const { status, body } = await party.postOverTls('oauth2/token', form, certificate)
    expect(status).toBe(200)
    expect(claimsOf(body['access_token'])['cnf']).toHaveProperty('x5t#S256')
  })

  test('fapi1 advanced section 5.2.2, 8.3.2 and fapi1 baseline section 5.2.2: clause 14: a client proves a key, and names itself alone', async () => {
    const party = ledger()
    const form = { ...party.codeForm(await codeOf(party)), client_id: 'app' }
    for (const secret of [{}, { client_secret: 'secret' }]) {
      expect(await party.post('oauth2/token', { ...form, ...secret })).toMatchObject(invalidClient)
    }
    const { issuer } = party
    const others = { grant_type: 'client_credentials', client_id: 'other' }
    expect(await party.grant(others)).toMatchObject(invalidClient)
    for (const aud of [issuer, `${issuer}/oauth2/token`, [issuer]]) {
      const assertion = await party.assertion({ aud })
      const answer = await party.grant({ grant_type: 'x' }, undefined, assertion)
      expect(answer).toMatchObject({ body: { error: 'unsupported_grant_type' } })
    }
  })

  test('fapi1 baseline section 5.2.2: a code is used once, by the client that asked', async () => {
    const party = ledger()
    const form = party.codeForm(await codeOf(party))
    expect(await ledger('other').grant(form)).toMatchObject(invalidGrant)
    const mine = party.codeForm(await codeOf(party))
    const { body } = await party.grant(mine)
    expect(await party.grant(mine)).toMatchObject(invalidGrant)
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }
    expect(await party.grant(refresh)).toMatchObject(invalidGrant)
  })

  test('fapi1 baseline section 5.2.2: a refresh keeps its token, and needs the key again', async () => {
    const party = ledger()
    const { body } = await party.grant(party.codeForm(await codeOf(party)))
    const form = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }
    for (let use = 0; use < 2; use += 1)
      expect(await party.grant(form)).toMatchObject({ status: 200 })
    expect(await party.grant(form, {})).toMatchObject(invalidRequest)
  })

  test('rfc6750 section 2.3 and fapi1 advanced section 6.2.1, 8.2 and 8.3.4: a token is not taken from the query, nor without its key', async () => {
    const party = ledger()
    const { body } = await party.grant(party.codeForm(await codeOf(party)))
    const accessToken = String(body['access_token'])
    const url = `${party.issuer}/oauth2/userinfo`
    expect((await fetch(`${url}?access_token=${accessToken}`)).status).toBe(401)
    const dpop = await (await dpopKey()).proof({ htm: 'GET', htu: url, accessToken })
    const headers = { authorization: `DPoP ${accessToken}`, dpop }
    expect((await fetch(url, { headers })).status).toBe(401)
  })

  test('fapi1 baseline section 6.2.1: userinfo says when, and by which id it has logged the visit', async () => {
    const party = ledger()
    const { body } = await party.grant(party.codeForm(await codeOf(party)))
    const accessToken = String(body['access_token'])
    const id = 'c770aef3-6784-41f7-8e0e-ff5f97bddb3a'
    const headers = {
      ...(await party.proof('oauth2/userinfo', accessToken, 'GET')),
      authorization: `DPoP ${accessToken}`,
      'x-fapi-interaction-id': id,
      'x-fapi-customer-ip-address': '2001:db8::1893:25c8:1946',
    }
    const answer = await fetch(`${party.issuer}/oauth2/userinfo`, { headers })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-fapi-interaction-id')).toBe(id)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(Date.parse(answer.headers.get('date') ?? '')).not.toBeNaN()
    const refused = await fetch(`${party.issuer}/oauth2/userinfo`)
    expect(refused.headers.get('x-fapi-interaction-id')).toMatch(/^[\da-f-]{36}$/)
  })
})

test('fapi1 advanced section 5.2.2: what the profile leaves is announced, and no more', async () => {
  const url = `${inject('origin')}/ledger/.well-known/openid-configuration`
  const metadata = JSON.parse(await (await fetch(url)).text())
  expect(metadata).toMatchObject({
    response_types_supported: ['code', 'code id_token'],
    request_parameter_supported: true,
    request_uri_parameter_supported: false,
    require_signed_request_object: true,
    tls_client_certificate_bound_access_tokens: true,
    claims_supported: expect.arrayContaining(['acr', 's_hash']),
    acr_values_supported: expect.any(Array),
  })
  expect(metadata['response_modes_supported']).not.toContain('query')
})
