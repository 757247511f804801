import { createRemoteJWKSet, type JWK, jwtVerify } from 'jose'
import { expect, inject, test } from 'vitest'
import { signingAlgorithms } from '#shared/jose/algorithms.ts'
import { halfHash } from '#shared/jose/half-hash.ts'
import { basic, callback, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const tenants = ['signatures', 'signatures-wrapped'] as const

const lines = tenants.flatMap((tenant) =>
  signingAlgorithms.map((algorithm) => ({
    tenant,
    algorithm,
    client: algorithm === 'ES256' ? 'web' : `web-${algorithm.toLowerCase()}`,
  })),
)

test.each(lines)(
  'oidc registration section 2: $client of $tenant gets its ID tokens signed with $algorithm',
  async ({ tenant, algorithm, client }) => {
    const party = new RelyingParty(origin, tenant)
    const code = await party.code({ client_id: client })
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback }
    const { body } = await party.token(form, basic(client, 'web-secret'))
    const accessToken = String(body['access_token'])
    const keys = createRemoteJWKSet(new URL(`${party.issuer}/oauth2/jwks`))
    const expected = { issuer: party.issuer, algorithms: [algorithm] }
    const { payload } = await jwtVerify(String(body['id_token']), keys, {
      ...expected,
      audience: client,
    })
    expect(payload['at_hash']).toBe(halfHash(algorithm, accessToken))
    await jwtVerify(accessToken, keys, { ...expected, algorithms: ['ES256'], typ: 'at+jwt' })
    expect((await party.userInfo(accessToken)).status).toBe(200)
    const signedOut = await party.signOut(String(body['id_token']), { client_id: client })
    expect(signedOut.status).toBe(200)
  },
)

test.each(tenants)(
  'rfc7517 section 4: %s publishes a key for each algorithm, with nothing private',
  async (tenant) => {
    const response = await fetch(`${origin}/${tenant}/oauth2/jwks`)
    const { keys }: { keys: readonly JWK[] } = JSON.parse(await response.text())
    const shapes = keys.map(({ alg = '', kid: _, ...members }) => [
      alg,
      Object.keys(members).toSorted().join(' '),
    ])
    expect(Object.fromEntries(shapes)).toEqual({
      ES256: 'crv kty use x y',
      RS256: 'e kty n use',
      PS256: 'e kty n use',
      EdDSA: 'crv kty use x',
      'ML-DSA-44': 'kty pub use',
    })
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length)
  },
)

test('oidc discovery section 3: the algorithms of ID tokens are those of the tenant', async () => {
  const response = await fetch(`${origin}/signatures/.well-known/openid-configuration`)
  expect(await response.json()).toMatchObject({
    id_token_signing_alg_values_supported: ['ES256', 'RS256', 'PS256', 'EdDSA', 'ML-DSA-44'],
  })
})
