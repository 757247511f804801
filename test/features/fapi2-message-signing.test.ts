import { decodeProtectedHeader } from 'jose'
import { describe, expect, inject, test } from 'vitest'
import { ProfileParty, secondsFromNow } from '../support/profile-party.ts'

const vault = (client = 'signs') => new ProfileParty('vault', client)
const refused = { status: 400, body: { error: 'invalid_request_object' } }

/** Pushes a signed request and nothing else. */
const push = async (party: ProfileParty, request: string, more: Record<string, string> = {}) =>
  party.pushes({ client_id: party.client, request, ...more })

describe('fapi 2.0 message signing section 5.3.1: signed authorization requests', () => {
  test('clause 1: a signed request is taken from the pushed request endpoint', async () => {
    const party = vault()
    const object = await party.object({ state: 'inside', nonce: 'n'.repeat(64) })
    const { status, body } = await push(party, object)
    expect(status).toBe(201)
    const begin = { client_id: 'signs', request_uri: String(body['request_uri']) }
    const url = await party.answered(begin)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ state: 'inside' })
  })

  test('clause 1: a client that is registered to sign must sign', async () => {
    const party = vault()
    expect(await party.pushes(party.request())).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    })
  })

  test.each<[string, Record<string, unknown>]>([
    ['no aud', { aud: undefined }],
    ['another aud', { aud: 'https://other.example' }],
    ['no nbf', { nbf: undefined }],
    ['an nbf of more than 60 minutes ago', { nbf: secondsFromNow(-3700) }],
    ['no exp', { exp: undefined }],
    ['an exp of more than 60 minutes after nbf', { exp: secondsFromNow(3900) }],
    ['an exp that is over', { exp: secondsFromNow(-60), nbf: secondsFromNow(-120) }],
    ['an nbf of more than 60 seconds from now', { nbf: secondsFromNow(65) }],
    ['the iss of another client', { iss: 'other' }],
    ['the client_id of another client', { client_id: 'other' }],
  ])('clauses 2 to 5: a request object with %s is refused', async (_, claims) => {
    const party = vault()
    expect(await push(party, await party.object(claims))).toMatchObject(refused)
  })

  test.each<[string, Record<string, unknown>]>([
    ['several audiences, ours among them', { aud: ['https://other.example', vault().issuer] }],
    ['a beginning 8 seconds from now', { nbf: secondsFromNow(8), iat: secondsFromNow(8) }],
  ])('clauses 2 and 4: a request object with %s is accepted', async (_, claims) => {
    const party = vault()
    expect((await push(party, await party.object(claims))).status).toBe(201)
  })

  test('rfc9101 section 6.2: only a signature of the client will do', async () => {
    const party = vault()
    const object = await party.object()
    const [header, payload = ''] = object.split('.')
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    const changed = `${object.slice(0, -8)}AAAAAAAA`
    for (const spoilt of [unsigned, changed, `${header}.${payload}.`]) {
      expect(await push(party, spoilt)).toMatchObject(refused)
    }
    expect(await push(party, await party.object({}, 'RS256'))).toMatchObject(refused)
    expect((await push(party, await party.object({}, 'PS256'))).status).toBe(201)
  })

  test('rfc9101 section 6.3: what stands beside the object does not count', async () => {
    const party = vault()
    const object = await party.object({ state: 'inside' })
    const outside = {
      state: 'outside',
      nonce: 'outside',
      redirect_uri: 'https://attacker.example/',
    }
    const { body } = await push(party, object, outside)
    const begin = { client_id: 'signs', request_uri: String(body['request_uri']) }
    const url = await party.answered({ ...begin, state: 'outside', nonce: 'outside' })
    expect(url.searchParams.get('state')).toBe('inside')
    const { redirect_uri: _, ...without } = party.request()
    const signed = await party.signed(
      {
        iss: 'signs',
        aud: party.issuer,
        nbf: secondsFromNow(0),
        exp: secondsFromNow(60),
        ...without,
      },
      'ES256',
      'oauth-authz-req+jwt',
    )
    const beside = { redirect_uri: party.request()['redirect_uri'] ?? '' }
    expect(await push(party, signed, beside)).toMatchObject({ status: 400 })
  })

  test('rfc9126 section 3: nor does a request object hold a request_uri', async () => {
    const party = vault()
    const request_uri = 'urn:ietf:params:oauth:request_uri:x'
    expect(await push(party, await party.object({ request_uri }))).toMatchObject(refused)
  })
})

test('fapi 2.0 message signing section 5.4.1: an answer is signed, for its client, and short-lived', async () => {
  const party = vault('app')
  const { response, ...others } = await party.answer({ response_mode: 'jwt', state: 's' })
  expect(others).toEqual({})
  const { exp = 0, ...claims } = await party.verified(response)
  expect(claims).toMatchObject({ iss: party.issuer, aud: 'app', state: 's', alg: 'PS256' })
  expect(exp).toBeLessThanOrEqual(secondsFromNow(600))
  const answer = await party.grant(party.codeForm(String(claims['code'])))
  expect(answer).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
})

test('fapi 2.0 message signing section 5.5.1: what introspection says is signed', async () => {
  const party = vault('app')
  const { body } = await party.grant(party.codeForm((await party.answer())['code']))
  const asking = vault()
  const form = { token: String(body['access_token']), ...(await asking.assertion()) }
  const headers = { accept: 'application/token-introspection+jwt' }
  const response = await fetch(`${asking.issuer}/oauth2/introspect`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  })
  expect(response.headers.get('content-type')).toContain('application/token-introspection+jwt')
  const jwt = await response.text()
  expect(decodeProtectedHeader(jwt)).toMatchObject({ typ: 'token-introspection+jwt', alg: 'ES256' })
  expect(await asking.verified(jwt)).toHaveProperty('token_introspection')
})

test('fapi 2.0 message signing section 5.3.1: what can be signed with is announced', async () => {
  const url = `${inject('origin')}/vault/.well-known/openid-configuration`
  const metadata = JSON.parse(await (await fetch(url)).text())
  for (const member of [
    'request_object_signing_alg_values_supported',
    'authorization_signing_alg_values_supported',
    'introspection_signing_alg_values_supported',
  ]) {
    expect(metadata[member]).toContain('PS256')
    for (const weak of ['none', 'RS256']) expect(metadata[member]).not.toContain(weak)
  }
})
