import { describe, expect, inject, test } from 'vitest'
import { dpopKey, type ProofWishes } from '../support/dpop.ts'
import { registerLike } from '../support/own-client.ts'
import { basic, callback, claimsOf, proofKey, RelyingParty } from '../support/relying-party.ts'
import { type Headers, postForm } from '../support/token-endpoint.ts'

const origin = inject('origin')
const aws = inject('aws')
const party = new RelyingParty(origin)
const endpoint = `${party.issuer}/oauth2/token`
const userInfoEndpoint = `${party.issuer}/oauth2/userinfo`
const web = { authorization: basic('web', party.secret) }

const post = (form: Record<string, string>, headers: Headers) => postForm(endpoint, form, headers)

const strange = await dpopKey()
const machine = { grant_type: 'client_credentials' }
const asMachine = { authorization: basic('machine', 'machine-secret') }

const codeForm = async (parameters: Record<string, string> = {}) => ({
  grant_type: 'authorization_code',
  code: await party.code(parameters),
  redirect_uri: callback,
})

/** A proof for the token endpoint, as a header. */
const proving = async (
  key: Awaited<ReturnType<typeof dpopKey>>,
  more: Partial<ProofWishes> = {},
) => ({
  dpop: await key.proof({ htu: endpoint, ...more }),
})

describe('rfc9449 section 5: a token request with a proof', () => {
  test.each(['ES256', 'EdDSA', 'PS256', 'RS256'])(
    'gives a token that is bound to its key, and of type DPoP: %s',
    async (alg) => {
      const key = await dpopKey(alg)
      const answer = await post(machine, { ...asMachine, ...(await proving(key)) })
      expect(answer).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
      expect(claimsOf(answer.body['access_token'])['cnf']).toEqual({ jkt: key.jkt })
    },
  )

  test('without a proof, tokens are as ever', async () => {
    const answer = await post(machine, asMachine)
    expect(answer.body['token_type']).toBe('Bearer')
    expect(answer.headers.has('dpop-nonce')).toBe(false)
    expect(claimsOf(answer.body['access_token'])).not.toHaveProperty('cnf')
  })

  test.each<[string, Partial<ProofWishes>]>([
    ['another method', { htm: 'GET' }],
    ['another endpoint', { htu: userInfoEndpoint }],
    ['the Host header, not the issuer', { htu: 'https://elsewhere.example/acme/oauth2/token' }],
    ['another tenant', { htu: `${origin}/globex/oauth2/token` }],
    ['an hour ago', { claims: { iat: Math.floor(Date.now() / 1000) - 3600 } }],
    ['an hour ahead', { claims: { iat: Math.floor(Date.now() / 1000) + 3600 } }],
    ['without a time', { claims: { iat: undefined } }],
    ['without an id', { claims: { jti: undefined } }],
    ['of no type', { header: { typ: 'JWT' } }],
    ['with a private key', { header: { jwk: strange.privateJwk } }],
    ['with the key of somebody else', { header: { jwk: strange.jwk } }],
  ])('rfc9449 section 4.3: a proof for %s is invalid_dpop_proof', async (_, wishes) => {
    const answer = await post(machine, {
      ...asMachine,
      ...(await proving(await dpopKey(), wishes)),
    })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
    expect(answer.body['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  })

  test('rfc9449 section 4.3: query, fragment and spelling of the target are ignored', async () => {
    const key = await dpopKey()
    for (const htu of [`${endpoint}?a=b#c`, endpoint.replace('/acme/', '/%61cme/./')]) {
      const answer = await post(machine, { ...asMachine, ...(await proving(key, { htu })) })
      expect(answer.status).toBe(200)
    }
  })

  test.each(['', 'x', 'a.b.c'])('rfc9449 section 4.3: %j is no proof', async (dpop) => {
    const answer = await post(machine, { ...asMachine, dpop })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
  })

  test('rfc9449 section 4.3: not more than one header', async () => {
    const key = await dpopKey()
    const dpop = `${await key.proof({ htu: endpoint })}, ${await key.proof({ htu: endpoint })}`
    const answer = await post(machine, { ...asMachine, dpop })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
  })

  test.each([-10, 10])('a clock that is %i seconds off is no error', async (seconds) => {
    const iat = Math.floor(Date.now() / 1000) + seconds
    const proof = await proving(await dpopKey(), { claims: { iat } })
    expect((await post(machine, { ...asMachine, ...proof })).status).toBe(200)
  })

  test('rfc9449 section 11.1: of many requests with one proof, one is answered', async () => {
    const headers = { ...asMachine, ...(await proving(await dpopKey())) }
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(machine, headers)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const refused = answers.find(({ status }) => status !== 200)
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
  })

  test('a proof that nobody is issued anything for is not used up', async () => {
    const headers = await proving(await dpopKey())
    const wrong = { authorization: basic('machine', 'wrong') }
    expect((await post(machine, { ...wrong, ...headers })).status).toBe(401)
    expect((await post(machine, { ...asMachine, ...headers })).status).toBe(200)
  })

  test('rfc9449 section 5.2: a client with dpop_bound_access_tokens needs one', async () => {
    const id = await registerLike(aws, ['acme', 'machine'], { dpopBoundAccessTokens: true })
    const authorization = basic(id, 'machine-secret')
    const answer = await post(machine, { authorization })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
    const proof = await proving(await dpopKey())
    expect((await post(machine, { authorization, ...proof })).status).toBe(200)
  })
})

describe('rfc9449 section 5: refresh tokens', () => {
  const publicTokens = async (key: Awaited<ReturnType<typeof dpopKey>>) => {
    const { verifier, challenge } = proofKey()
    const request = { client_id: 'spa', code_challenge: challenge, code_challenge_method: 'S256' }
    const browser = new RelyingParty(origin)
    const page = await browser.authorize(request)
    const consent = await browser.submitPassword(page, { username: 'grace@example.com' })
    const { url } =
      consent.field('interaction') === undefined
        ? consent
        : await browser.browser.post(`${browser.issuer}/signin/consent`, {
            interaction: consent.field('interaction') ?? '',
            allow: 'yes',
          })
    const code = new URL(url).searchParams.get('code') ?? ''
    const grant = { grant_type: 'authorization_code', code, redirect_uri: callback }
    const form = { ...grant, client_id: 'spa', code_verifier: verifier }
    return post(form, await proving(key))
  }
  const refresh = (token = '', client: Record<string, string> = {}) => ({
    grant_type: 'refresh_token',
    refresh_token: token,
    ...client,
  })

  test('those of a public client are bound to its key', async () => {
    const key = await dpopKey()
    const { body } = await publicTokens(key)
    expect(body['token_type']).toBe('DPoP')
    const form = refresh(body['refresh_token'], { client_id: 'spa' })
    for (const headers of [{}, await proving(await dpopKey())]) {
      expect(await post(form, headers)).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      })
    }
    expect(await post(form, await proving(key))).toMatchObject({
      status: 200,
      body: { token_type: 'DPoP' },
    })
  })

  test('a confidential client may change its key', async () => {
    const first = await post(await codeForm(), { ...web, ...(await proving(await dpopKey())) })
    const other = await dpopKey()
    const form = refresh(first.body['refresh_token'])
    const next = await post(form, { ...web, ...(await proving(other)) })
    expect(claimsOf(next.body['access_token'])['cnf']).toEqual({ jkt: other.jkt })
  })
})

describe('rfc9449 section 7: userinfo', () => {
  const tokensOf = async (key: Awaited<ReturnType<typeof dpopKey>>) => {
    const { body } = await post(await codeForm(), { ...web, ...(await proving(key)) })
    return String(body['access_token'])
  }
  const ask = (headers: Headers, method = 'GET') => fetch(userInfoEndpoint, { method, headers })

  test.each(['GET', 'POST'])('%s with a proof of the key is answered', async (htm) => {
    const key = await dpopKey()
    const accessToken = await tokensOf(key)
    const dpop = await key.proof({ htm, htu: userInfoEndpoint, accessToken })
    const response = await ask({ authorization: `DPoP ${accessToken}`, dpop }, htm)
    expect(response.status).toBe(200)
  })

  test('rfc9449 section 7.2: the token is not one to be borne', async () => {
    const response = await ask({ authorization: `Bearer ${await tokensOf(await dpopKey())}` })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain(
      'Bearer realm="sallyport", error="invalid_token"',
    )
  })

  test('rfc9449 section 7.1: the challenge names the scheme and the algorithms', async () => {
    const response = await ask({ authorization: `DPoP ${await tokensOf(await dpopKey())}` })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(
      /DPoP realm="sallyport", error="invalid_dpop_proof", .*algs="ES256 EdDSA PS256 RS256"/,
    )
  })

  test('rfc9449 section 4.3: the proof is for this token', async () => {
    const key = await dpopKey()
    const accessToken = await tokensOf(key)
    for (const other of [undefined, 'another']) {
      const wishes = { htm: 'GET', htu: userInfoEndpoint }
      const dpop = await key.proof({ ...wishes, ...(other && { accessToken: other }) })
      const response = await ask({ authorization: `DPoP ${accessToken}`, dpop })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ error: 'invalid_dpop_proof' })
    }
  })

  test('rfc9449 section 11.1: and is used once', async () => {
    const key = await dpopKey()
    const accessToken = await tokensOf(key)
    const dpop = await key.proof({ htm: 'GET', htu: userInfoEndpoint, accessToken })
    const authorization = `DPoP ${accessToken}`
    expect((await ask({ authorization, dpop })).status).toBe(200)
    expect((await ask({ authorization, dpop })).status).toBe(401)
  })
})

describe('rfc9449 section 8: nonces, where the tenant demands them', () => {
  const demanding = new RelyingParty(origin, 'possession')
  const at = `${demanding.issuer}/oauth2/token`
  const key = dpopKey()

  const ask = async (
    form: Record<string, string>,
    authorization: string,
    nonce?: string | null,
  ) => {
    const dpop = await (await key).proof({ htu: at, ...(nonce && { nonce }) })
    return postForm(at, form, { authorization, dpop })
  }

  test.each([undefined, 'x'])(
    'a proof with the nonce %s is answered with use_dpop_nonce and one of ours',
    async (presented) => {
      const refused = await ask(machine, asMachine.authorization, presented)
      expect(refused).toMatchObject({ status: 400, body: { error: 'use_dpop_nonce' } })
      expect(refused.headers.get('cache-control')).toBe('no-store')
      const nonce = refused.headers.get('dpop-nonce')
      const answer = await ask(machine, asMachine.authorization, nonce)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('dpop-nonce')).toBeTruthy()
    },
  )

  test('rfc9449 section 8.1: a nonce is of visible characters, no quotation mark, no backslash', async () => {
    const { headers } = await ask(machine, asMachine.authorization)
    expect(headers.get('dpop-nonce')).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/)
  })

  test('rfc9449 section 9: userinfo asks for one in its challenge', async () => {
    const authorization = basic('web', 'web-secret')
    const { headers } = await ask(machine, asMachine.authorization)
    const code = await demanding.code()
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback }
    const { body } = await ask(form, authorization, headers.get('dpop-nonce'))
    const accessToken = String(body['access_token'])
    const htu = `${demanding.issuer}/oauth2/userinfo`
    const visit = async (nonce?: string | null) => {
      const wishes = { htm: 'GET', htu, accessToken, ...(nonce && { nonce }) }
      const dpop = await (await key).proof(wishes)
      return fetch(htu, { headers: { authorization: `DPoP ${accessToken}`, dpop } })
    }
    const refused = await visit()
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toContain(
      'DPoP realm="sallyport", error="use_dpop_nonce"',
    )
    expect((await visit(refused.headers.get('dpop-nonce'))).status).toBe(200)
  })

  test('rfc9449 section 11.3: elsewhere none is given out, so that no proof could come without', async () => {
    const answer = await post(machine, { ...asMachine, ...(await proving(await key)) })
    expect(answer.status).toBe(200)
    expect(answer.headers.has('dpop-nonce')).toBe(false)
  })
})

test('rfc9449 section 5.1: the algorithms of proofs are announced', async () => {
  const response = await fetch(`${party.issuer}/.well-known/openid-configuration`)
  expect(await response.json()).toHaveProperty('dpop_signing_alg_values_supported', [
    'ES256',
    'EdDSA',
    'PS256',
    'RS256',
  ])
})
