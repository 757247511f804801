import { createRemoteJWKSet, type JWK, jwtVerify } from 'jose'
import { expect, inject, test } from 'vitest'
import { RelyingParty, tenantUnderTest } from '../support/relying-party.ts'

const origin = inject('origin')
const issuer = `${origin}/${tenantUnderTest}`

test.each([
  ['oidc discovery section 4, 4.1 and 4.2', `${issuer}/.well-known/openid-configuration`],
  [
    'rfc8414 section 3, 3.1, 3.3 and 6.2',
    `${origin}/.well-known/oauth-authorization-server/${tenantUnderTest}`,
  ],
])('%s: the metadata is where the issuer says, public and cacheable', async (_, url) => {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(response.headers.get('cache-control')).toBe('public, max-age=300')
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(await response.json()).toMatchObject({
    issuer,
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  })
})

test('an unknown tenant is 404', async () => {
  const response = await fetch(`${origin}/nobody/.well-known/openid-configuration`)
  expect(response.status).toBe(404)
})

test('rfc7517 section 4.5: every key has its own kid and no private member', async () => {
  const keysOf = async (tenant: string): Promise<readonly JWK[]> => {
    const response = await fetch(`${origin}/${tenant}/oauth2/jwks`)
    const { keys }: { keys: readonly JWK[] } = JSON.parse(await response.text())
    return keys
  }
  const keys = [...(await keysOf(tenantUnderTest)), ...(await keysOf('globex'))]
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length)
  for (const key of keys) {
    expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  }
})

test.each([tenantUnderTest, 'globex'])(
  'rfc7515 section 5.2 and oidc core section 16.2 and 16.15: the tokens of %s verify with its JWK Set',
  async (tenant) => {
    const party = new RelyingParty(origin, tenant)
    const keys = createRemoteJWKSet(new URL(`${party.issuer}/oauth2/jwks`))
    const { accessToken, idToken } = await party.tokens()
    await jwtVerify(idToken, keys, { issuer: party.issuer, audience: 'web' })
    await jwtVerify(accessToken, keys, { issuer: party.issuer, typ: 'at+jwt' })
  },
)
