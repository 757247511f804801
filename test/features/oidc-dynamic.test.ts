import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type HttpsSite, startHttpsSite } from '../support/https-site.ts'
import { ask, type Registered, Registrar, redirectUri } from '../support/registrar.ts'
import { basic, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const registrar = new Registrar(origin)
const party = () => new RelyingParty(origin, 'bazaar')
const ours = createRemoteJWKSet(new URL(`${registrar.issuer}/oauth2/jwks`))

let site: HttpsSite
beforeAll(async () => {
  site = await startHttpsSite()
})
afterAll(() => site?.close())

const newKey = (kid: string) => ({ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }), kid })

const published = (key: ReturnType<typeof newKey>) =>
  JSON.stringify({ keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: key.kid }] })

async function assertionOf({ id }: Registered, { privateKey, kid }: ReturnType<typeof newKey>) {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: id, sub: id, aud: party().issuer, jti: randomUUID(), exp: now + 60 }
  const client_assertion = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(privateKey)
  const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  return { client_assertion, client_assertion_type }
}

/** Signs in, allows, and redeems the code with the secret of the client. */
async function tokensOf(client: Registered): Promise<Readonly<Record<string, unknown>>> {
  const person = party()
  const request = { client_id: client.id, redirect_uri: redirectUri, scope: 'openid profile' }
  const consent = await person.submitPassword(await person.authorize(request))
  const interaction = consent.field('interaction') ?? ''
  const form = { interaction, allow: 'yes' }
  const { url } = await person.browser.post(`${person.issuer}/signin/consent`, form)
  const code = new URL(url).searchParams.get('code') ?? ''
  const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
  return (await person.token(grant, basic(client.id, client.secret))).body
}

test('oidc registration section 2: ID tokens are signed by the algorithm that was registered', async () => {
  for (const alg of ['ES256', 'RS256']) {
    const client = await registrar.registered({ id_token_signed_response_alg: alg })
    const idToken = String((await tokensOf(client))['id_token'])
    expect(decodeProtectedHeader(idToken)).toMatchObject({ alg })
    await jwtVerify(idToken, ours, { audience: client.id, issuer: registrar.issuer })
  }
})

test('oidc registration section 2: claims are signed where that was registered, and JSON where not', async () => {
  const askWith = async (metadata: object) => {
    const { access_token } = await tokensOf(await registrar.registered(metadata))
    const headers = { authorization: `Bearer ${access_token}` }
    return fetch(`${registrar.issuer}/oauth2/userinfo`, { headers })
  }
  const signed = await askWith({ userinfo_signed_response_alg: 'RS256' })
  expect(signed.headers.get('content-type')).toMatch(/^application\/jwt/)
  await jwtVerify(await signed.text(), ours, { issuer: registrar.issuer })
  expect((await askWith({})).headers.get('content-type')).toBe('application/json')
})

test.each(['by value', 'by reference'])(
  'oidc registration section 2: a client proves itself with keys that it registers %s',
  async (way) => {
    const key = newKey('a')
    const jwks_uri = site.publish(`/${randomUUID()}`, { body: published(key) })
    const keys = way === 'by value' ? { jwks: JSON.parse(published(key)) } : { jwks_uri }
    const client = await registrar.registered({
      token_endpoint_auth_method: 'private_key_jwt',
      grant_types: ['client_credentials'],
      scope: 'orders:read',
      ...keys,
    })
    expect(client.body).not.toHaveProperty('client_secret')
    const grant = { grant_type: 'client_credentials' }
    const proven = await party().token({ ...grant, ...(await assertionOf(client, key)) })
    expect(proven).toMatchObject({ status: 200 })
    const other = await party().token({ ...grant, ...(await assertionOf(client, newKey('a'))) })
    expect(other).toMatchObject({ status: 401 })
  },
)

test('oidc registration section 2 and oidc core section 15.2: implicit and hybrid clients register their response types', async () => {
  for (const types of [['id_token'], ['id_token token'], ['code id_token']]) {
    const { body } = await registrar.registered({
      grant_types: ['authorization_code', 'implicit'],
      response_types: types,
    })
    expect(body['response_types']).toEqual(types)
  }
})

test('oidc core section 8.1 and oidc core section 12.2: a client that moves to the host of another takes nobody along', async () => {
  const pairwise = {
    subject_type: 'pairwise',
    grant_types: ['authorization_code', 'refresh_token'],
  }
  const client = await registrar.registered({ ...pairwise, scope: 'openid profile' })
  const { access_token, refresh_token } = await tokensOf(client)
  const body = {
    client_id: client.id,
    ...pairwise,
    redirect_uris: ['https://victim.example/callback'],
  }
  expect(await ask(client.uri, 'PUT', { token: client.token, body })).toMatchObject({ status: 200 })
  const refreshed = await party().token(
    { grant_type: 'refresh_token', refresh_token: String(refresh_token) },
    basic(client.id, client.secret),
  )
  expect(refreshed).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  expect(await party().userInfo(String(access_token))).toMatchObject({ status: 401 })
})
