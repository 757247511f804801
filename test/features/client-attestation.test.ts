import { describe, expect, inject, test } from 'vitest'
import { attester, clientInstance } from '../support/attestation.ts'
import { dpopKey } from '../support/dpop.ts'
import { registerLike } from '../support/own-client.ts'
import { callback, claimsOf, RelyingParty } from '../support/relying-party.ts'
import { type Headers, postForm } from '../support/token-endpoint.ts'

const origin = inject('origin')
const aws = inject('aws')
const party = new RelyingParty(origin)
const { jwk, attest } = await attester()

const attested = (model: string, tenant = 'acme', more: object = {}) =>
  registerLike(aws, [tenant, model], {
    tokenEndpointAuthMethod: 'attest_jwt_client_auth',
    secretHashes: [],
    keys: [jwk],
    ...more,
  })

type Instance = Awaited<ReturnType<typeof clientInstance>>
type Wishes = Parameters<Instance['prove']>[1]

/** The headers by which an instance authenticates. */
const headersOf = async (
  client: string,
  instance: Instance,
  { issuer = party.issuer, proof }: { issuer?: string; proof?: Wishes } = {},
): Promise<Headers> => ({
  'oauth-client-attestation': await attest(client, { jwk: instance.jwk }),
  'oauth-client-attestation-pop': await instance.prove(issuer, proof),
})

const machine = { grant_type: 'client_credentials' }
const at = (path: string, form: Record<string, string>, headers: Headers) =>
  postForm(`${party.issuer}/oauth2/${path}`, form, headers)

describe('attestation-based client authentication section 7.5: at the token endpoint', async () => {
  const client = await attested('machine')

  test('an instance that proves the key it is attested for', async () => {
    const answer = await at('token', machine, await headersOf(client, await clientInstance()))
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer' } })
    expect(answer.headers.has('oauth-client-attestation-challenge')).toBe(false)
  })

  test('rfc9449: with a DPoP proof beside it, which may be of another key', async () => {
    const key = await dpopKey()
    const dpop = await key.proof({ htu: `${party.issuer}/oauth2/token` })
    const headers = { ...(await headersOf(client, await clientInstance())), dpop }
    const { body } = await at('token', machine, headers)
    expect(claimsOf(body['access_token'])['cnf']).toEqual({ jkt: key.jkt })
  })

  test('attestation-based client authentication section 7.2 and 11.1: a proof is used once', async () => {
    const headers = await headersOf(client, await clientInstance())
    expect((await at('token', machine, headers)).status).toBe(200)
    expect(await at('token', machine, headers)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    })
  })

  test('attestation-based client authentication section 7 and 7.2: a DPoP proof does not stand in for the proof of the attestation', async () => {
    const key = await dpopKey()
    const headers = {
      'oauth-client-attestation': await attest(client, { jwk: key.jwk }),
      dpop: await key.proof({ htu: `${party.issuer}/oauth2/token` }),
    }
    expect((await at('token', machine, headers)).status).toBe(401)
  })

  test('attestation-based client authentication section 7.5: client_id must not say otherwise', async () => {
    const headers = await headersOf(client, await clientInstance())
    const form = { ...machine, client_id: 'machine' }
    expect((await at('token', form, headers)).status).toBe(400)
  })

  test('attestation-based client authentication section 7.4: an attestation whose time is over', async () => {
    const instance = await clientInstance()
    const past = Math.floor(Date.now() / 1000) - 60
    const claims = { iat: past, exp: past + 1 }
    const headers = {
      ...(await headersOf(client, instance)),
      'oauth-client-attestation': await attest(client, { jwk: instance.jwk }, { claims }),
    }
    expect(await at('token', machine, headers)).toMatchObject({
      status: 400,
      body: { error: 'use_fresh_attestation' },
    })
  })

  test('attestation-based client authentication section 7.1: nobody else can attest the client', async () => {
    const instance = await clientInstance()
    const other = await attester()
    const headers = {
      ...(await headersOf(client, instance)),
      'oauth-client-attestation': await other.attest(client, { jwk: instance.jwk }),
    }
    expect((await at('token', machine, headers)).status).toBe(401)
  })
})

test('attestation-based client authentication section 6.2 and 7.4: a challenge that is demanded comes with the refusal, and is taken', async () => {
  const client = await attested('machine', 'possession')
  const instance = await clientInstance()
  const issuer = `${origin}/possession`
  const ask = async (claims: object) =>
    postForm(
      `${issuer}/oauth2/token`,
      machine,
      await headersOf(client, instance, { issuer, proof: { claims: { ...claims } } }),
    )
  const refused = await ask({})
  expect(refused).toMatchObject({ status: 400, body: { error: 'use_attestation_challenge' } })
  const challenge = refused.headers.get('oauth-client-attestation-challenge')
  expect((await ask({ challenge })).status).toBe(200)
})

test('attestation-based client authentication section 9.3: a refresh token is bound to its instance', async () => {
  const client = await attested('web')
  const instance = await clientInstance()
  const code = await party.code({ client_id: client })
  const form = { grant_type: 'authorization_code', code, redirect_uri: callback }
  const { body } = await at('token', form, await headersOf(client, instance))
  const refresh = { grant_type: 'refresh_token', refresh_token: body['refresh_token'] ?? '' }
  const other = await headersOf(client, await clientInstance())
  expect(await at('token', refresh, other)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  })
  expect((await at('token', refresh, await headersOf(client, instance))).status).toBe(200)
})

describe('attestation-based client authentication section 7.5: at every endpoint where clients authenticate', () => {
  const request = { redirect_uri: callback, response_type: 'code', scope: 'openid' }

  test.each([
    ['par', 'web', request],
    ['introspect', 'web', { token: 'x' }],
    ['revoke', 'web', { token: 'x' }],
    ['device_authorization', 'set-top', { scope: 'openid' }],
    ['bc-authorize', 'till', { scope: 'openid', login_hint: 'ada@example.com' }],
  ])('%s', async (path, model, form) => {
    const client = await attested(model)
    const url = `${party.issuer}/oauth2/${path}`
    const headers = await headersOf(client, await clientInstance())
    const body = new URLSearchParams(form)
    const ask = () => fetch(url, { method: 'POST', headers, body })
    expect((await ask()).ok).toBe(true)
    expect((await ask()).status).toBe(401)
    const issuer = `${origin}/possession`
    const wallet = await attested('machine', 'possession')
    const demanding = await headersOf(wallet, await clientInstance(), { issuer })
    const there = `${issuer}/oauth2/${path}`
    const asked = await fetch(there, { method: 'POST', headers: demanding, body })
    expect(asked.headers.get('oauth-client-attestation-challenge')).toBeTruthy()
    expect(await asked.json()).toMatchObject({ error: 'use_attestation_challenge' })
  })
})
