import { describe, expect, inject, test } from 'vitest'
import { dpopKey } from '../support/dpop.ts'
import { certifiedCertificate, ProfileParty, secondsFromNow } from '../support/profile-party.ts'
import { claimsOf, password } from '../support/relying-party.ts'

const vault = (client?: string) => new ProfileParty('vault', client)
const invalidClient = { status: 401, body: { error: 'invalid_client' } }
const invalidRequest = { status: 400, body: { error: 'invalid_request' } }
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } }

describe('fapi 2.0 section 5.3.2.1: general requirements', () => {
  test('clause 1: metadata is at both well-known places and says what the profile leaves', async () => {
    const { issuer } = vault()
    const origin = inject('origin')
    for (const url of [
      `${issuer}/.well-known/openid-configuration`,
      `${origin}/.well-known/oauth-authorization-server/vault`,
    ]) {
      expect(await (await fetch(url)).json()).toMatchObject({
        issuer,
        require_pushed_authorization_requests: true,
        request_uri_parameter_supported: false,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
        tls_client_certificate_bound_access_tokens: true,
        id_token_signing_alg_values_supported: ['PS256', 'ES256'],
        token_endpoint_auth_methods_supported: [
          'private_key_jwt',
          'tls_client_auth',
          'self_signed_tls_client_auth',
        ],
      })
    }
  })

  test('clause 2: the password grant is refused', async () => {
    const form = { grant_type: 'password', username: 'ada@example.com', password }
    expect(await vault().grant(form)).toMatchObject({ body: { error: 'unsupported_grant_type' } })
  })

  test.each([{}, { client_secret: 'secret' }])(
    'clauses 3 and 6: a client that proves no key is not authenticated: %j',
    async (credentials) => {
      const party = vault()
      const pushed = { ...party.request(), ...credentials }
      expect(await party.post('oauth2/par', pushed)).toMatchObject(invalidClient)
      const form = { ...party.codeForm('x'), client_id: 'app', ...credentials }
      expect(await party.post('oauth2/token', form)).toMatchObject(invalidClient)
    },
  )

  test('clause 4: no access token is issued that is bound to no key', async () => {
    const party = vault()
    const { code } = await party.answer()
    expect(await party.grant(party.codeForm(code), {})).toMatchObject(invalidRequest)
    const machine = vault('machine')
    const form = { grant_type: 'client_credentials' }
    expect(await machine.grant(form, {})).toMatchObject(invalidRequest)
  })

  test('clause 5: a token is bound to the key of a DPoP proof', async () => {
    const party = vault()
    const { body } = await party.grant(party.codeForm((await party.answer())['code']))
    expect(body).toMatchObject({ token_type: 'DPoP' })
    const { jkt } = await party.key
    expect(claimsOf(body['access_token'])['cnf']).toEqual({ jkt })
  })

  test('clause 5: or to the certificate of the client', async () => {
    const party = vault('certified')
    const certificate = await certifiedCertificate()
    const pushed = await party.postOverTls('oauth2/par', party.request(), certificate)
    expect(pushed).toMatchObject({ status: 201 })
    const request_uri = String(pushed.body['request_uri'])
    const url = await party.answered({ client_id: 'certified', request_uri })
    const form = { ...party.codeForm(url.searchParams.get('code') ?? ''), client_id: 'certified' }
    expect(await party.postOverTls('oauth2/token', form)).toMatchObject(invalidClient)
    const { body } = await party.postOverTls('oauth2/token', form, certificate)
    expect(claimsOf(body['access_token'])['cnf']).toEqual({ 'x5t#S256': expect.any(String) })
  })

  test('clause 7: nobody is sent to where the client is not registered', async () => {
    const party = vault()
    const elsewhere = { redirect_uri: 'https://attacker.example/' }
    expect(await party.pushes(party.request(elsewhere))).toMatchObject(invalidRequest)
    const page = await party.begin({ client_id: 'app', request_uri: 'urn:x', ...elsewhere })
    expect(page.status).toBe(400)
    expect(page.url).toContain(party.issuer)
  })

  const { issuer } = vault()
  test.each<[string, unknown]>([
    ['the token endpoint', `${issuer}/oauth2/token`],
    ['the pushed request endpoint', `${issuer}/oauth2/par`],
    ['the issuer in an array', [issuer]],
    ['another server beside it', [issuer, 'https://other.example']],
    ['another server', 'https://other.example'],
    ['nobody', undefined],
  ])('clause 8: an assertion for %s is refused', async (_, aud) => {
    const party = vault()
    const pushed = await party.pushes(party.request(), await party.assertion({ aud }))
    expect(pushed).toMatchObject(invalidClient)
    const form = { grant_type: 'authorization_code', code: 'x' }
    expect(await party.grant(form, undefined, await party.assertion({ aud }))).toMatchObject(
      invalidClient,
    )
  })

  test('clause 9: a refresh leaves the refresh token as it is', async () => {
    const party = vault()
    const { body } = await party.grant(party.codeForm((await party.answer())['code']))
    const refresh_token = String(body['refresh_token'])
    const form = { grant_type: 'refresh_token', refresh_token }
    for (let use = 0; use < 2; use += 1) {
      const refreshed = await party.grant(form)
      expect(refreshed).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
      expect([undefined, refresh_token]).toContain(refreshed.body['refresh_token'])
    }
    const other = vault('other')
    expect(await other.grant(form)).toMatchObject(invalidGrant)
    expect(await party.grant(form, {})).toMatchObject(invalidRequest)
  })

  test('clause 11: a code lives for no more than 60 seconds', async () => {
    const { authorizationCodeLifetime } = await import('#shared/oauth/token/authorization-code.ts')
    expect(authorizationCodeLifetime).toBeLessThanOrEqual(60)
  })

  test('clause 12: a code is bound to the DPoP key that the request names', async () => {
    const party = vault()
    const { code } = await party.answer({ dpop_jkt: (await dpopKey()).jkt })
    expect(await party.grant(party.codeForm(code))).toMatchObject(invalidGrant)
    const { jkt } = await party.key
    const bound = await party.answer({ dpop_jkt: jkt })
    expect((await party.grant(party.codeForm(bound['code']))).status).toBe(200)
  })

  test.each(['iat', 'nbf'])(
    'clause 13: an assertion may begin 8 seconds from now: %s',
    async (claim) => {
      const party = vault()
      const soon = await party.assertion({ [claim]: secondsFromNow(8) })
      expect((await party.pushes(party.request(), soon)).status).toBe(201)
      const late = await party.assertion({ [claim]: secondsFromNow(61), exp: secondsFromNow(120) })
      expect(await party.pushes(party.request(), late)).toMatchObject(invalidClient)
    },
  )

  test.each<[string, Record<string, unknown>]>([
    ['that has ended five minutes ago', { exp: secondsFromNow(-300) }],
    ['without an end', { exp: undefined }],
    ['without a subject', { sub: undefined }],
    ['of another client', { iss: 'other', sub: 'other' }],
  ])('rfc7523 section 3: an assertion %s is refused', async (_, claims) => {
    const party = vault()
    const assertion = await party.assertion(claims)
    const answer = await party.pushes({ ...party.request(), client_id: 'app' }, assertion)
    expect([400, 401]).toContain(answer.status)
  })
})

describe('fapi 2.0 section 5.3.2.3: OpenID Connect', () => {
  test('fapi 2.0 section 5.3.2.2 and fapi 2.0 message signing section 5.6.1: clause 14: a nonce of 64 characters comes back, in an ID token', async () => {
    const party = vault()
    const nonce = 'n'.repeat(64)
    const answer = await party.answer({ nonce })
    const { body } = await party.grant(party.codeForm(answer['code']))
    expect(await party.verified(body['id_token'])).toMatchObject({ nonce, alg: 'PS256' })
  })
})

describe('fapi 2.0 section 5.3.4: a resource server', () => {
  const tokenOf = async (party: ProfileParty) => {
    const { body } = await party.grant(party.codeForm((await party.answer())['code']))
    return String(body['access_token'])
  }

  test('clause 1: takes a token from the header, whatever the spelling of its scheme', async () => {
    const party = vault()
    const accessToken = await tokenOf(party)
    const url = `${party.issuer}/oauth2/userinfo`
    for (const scheme of ['DPoP', 'dpop', 'DPOP']) {
      const proof = await party.proof('oauth2/userinfo', accessToken, 'GET')
      const headers = { ...proof, authorization: `${scheme} ${accessToken}` }
      expect((await fetch(url, { headers })).status).toBe(200)
    }
  })

  test('clause 2: and not from the query', async () => {
    const party = vault()
    const accessToken = await tokenOf(party)
    const headers = await party.proof('oauth2/userinfo', accessToken, 'GET')
    const url = `${party.issuer}/oauth2/userinfo?access_token=${accessToken}`
    expect((await fetch(url, { headers })).status).toBe(401)
  })

  test('clause 5: takes no token without a proof of its key', async () => {
    const party = vault()
    const accessToken = await tokenOf(party)
    expect((await party.userInfo(accessToken)).status).toBe(401)
    const strange = await (await dpopKey()).proof({
      htm: 'GET',
      htu: `${party.issuer}/oauth2/userinfo`,
      accessToken,
    })
    const headers = { authorization: `DPoP ${accessToken}`, dpop: strange }
    expect((await fetch(`${party.issuer}/oauth2/userinfo`, { headers })).status).toBe(401)
  })
})

describe('fapi 2.0 section 5.4.1: algorithms', () => {
  test.each(['PS256', 'ES256'] as const)('%s will do for an assertion', async (alg) => {
    const party = vault()
    const answer = await party.pushes(party.request(), await party.assertion({}, alg))
    expect(answer.status).toBe(201)
  })

  test('RS256 will not, for an assertion, a request object or a proof', async () => {
    const party = vault()
    const assertion = await party.assertion({}, 'RS256')
    expect(await party.pushes(party.request(), assertion)).toMatchObject(invalidClient)
    const request = await party.object({}, 'RS256')
    expect(await party.pushes({ client_id: 'app', request })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request_object' },
    })
    const key = await dpopKey('RS256')
    const dpop = await key.proof({ htu: `${party.issuer}/oauth2/token` })
    const form = party.codeForm((await party.answer())['code'])
    expect(await party.grant(form, { dpop })).toMatchObject({
      status: 400,
      body: { error: 'invalid_dpop_proof' },
    })
  })

  test('fapi 2.0 section 5.4.1 and 5.4.2: every published key is for PS256, ES256 or EdDSA, long enough, and has a kid of its own', async () => {
    const response = await fetch(`${vault().issuer}/oauth2/jwks`)
    const { keys }: { keys: { alg: string; kid: string; n?: string }[] } = JSON.parse(
      await response.text(),
    )
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length)
    expect(keys.map(({ alg }) => alg).sort()).toEqual(['ES256', 'PS256'])
    for (const { n } of keys) {
      if (n) expect(Buffer.from(n, 'base64url').length * 8).toBeGreaterThanOrEqual(2048)
    }
  })
})

test('fapi 2.0 section 5.3.2.1: what is secret is never cached', async () => {
  const party = vault()
  const { headers } = await party.grant(party.codeForm((await party.answer())['code']))
  expect(headers.get('cache-control')).toBe('no-store')
})
