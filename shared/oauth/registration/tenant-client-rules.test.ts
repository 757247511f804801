import { expect, test } from 'vitest'
import { tenant } from '../../../test/support/builders.ts'
import { clientMetadata } from './client-metadata.ts'
import { problemsWithTenant } from './tenant-client-rules.ts'

const parse = (given: object) =>
  clientMetadata({ strictSecrets: false }).parse({
    client_id: 'app',
    token_endpoint_auth_method: 'private_key_jwt',
    jwks_uri: 'https://app.example/jwks',
    redirect_uris: ['https://app.example/callback'],
    ...given,
  })

const strict = (profile: 'fapi2' | 'fapi1-advanced') =>
  tenant({ settings: { ...tenant().settings, profile, signingAlgorithms: ['PS256', 'ES256'] } })

const pathsOf = (given: object, profile: 'fapi2' | 'fapi1-advanced' = 'fapi2') =>
  problemsWithTenant(parse(given), strict(profile)).map(({ path }) => path.join('.'))

test('a client that the profile can serve has no problem', () => {
  expect(pathsOf({})).toEqual([])
  expect(pathsOf({ response_types: ['code'] }, 'fapi1-advanced')).toEqual([])
})

test.each(['client_secret_basic', 'client_secret_post', 'none', 'attest_jwt_client_auth'])(
  'fapi 2.0 section 5.3.2.1: a client that authenticates by %s is refused',
  (method) => {
    const secret = method.startsWith('client_secret') ? { client_secret: 'secret' } : {}
    const given = { token_endpoint_auth_method: method, ...secret }
    expect(pathsOf(given)).toEqual(['token_endpoint_auth_method'])
    expect(pathsOf(given, 'fapi1-advanced')).toEqual(['token_endpoint_auth_method'])
  },
)

test.each([
  'token_endpoint_auth_signing_alg',
  'request_object_signing_alg',
  'backchannel_authentication_request_signing_alg',
  'id_token_signed_response_alg',
  'authorization_signed_response_alg',
])('fapi 2.0 section 5.4.1: RS256 as %s is refused', (member) => {
  expect(pathsOf({ [member]: 'RS256' })).toEqual([member])
  expect(pathsOf({ [member]: 'PS256' })).toEqual([])
})

test.each(['token_endpoint_auth_signing_alg', 'request_object_signing_alg'])(
  'fapi 2.0 section 5.4.1 and fapi1 advanced section 8.6: what neither names is refused as %s',
  (member) => {
    expect(pathsOf({ [member]: 'EdDSA' })).toEqual([])
    expect(pathsOf({ [member]: 'ML-DSA-44' })).toEqual([member])
    for (const alg of ['EdDSA', 'ML-DSA-44', 'RS256']) {
      expect(pathsOf({ [member]: alg }, 'fapi1-advanced')).toEqual([member])
    }
  },
)

test('fapi 2.0 section 5.4.1: a key that signs with RS256 alone is refused', () => {
  const metadata = parse({})
  const jwks = { keys: [{ alg: 'ES256' }, { alg: 'RS256' }] }
  expect(problemsWithTenant({ ...metadata, jwks }, strict('fapi2'))).toEqual([
    { path: ['jwks', 'keys', 1, 'alg'], message: expect.stringContaining('PS256') },
  ])
})

test.each(['http://localhost/callback', 'com.example.app:/callback'])(
  'fapi 2.0 section 5.3.2.2 and fapi1 baseline section 7.5: nobody is answered in the clear, nor where another app may listen: %s',
  (uri) => {
    const given = { application_type: 'native', redirect_uris: [uri] }
    expect(pathsOf(given)).toEqual(['redirect_uris.0'])
    expect(problemsWithTenant(parse(given), tenant())).toEqual([])
  },
)

test('fapi 2.0 section 5.3.2.2: no token comes from the authorization endpoint', () => {
  const given = {
    grant_types: ['authorization_code', 'implicit'],
    response_types: ['code', 'code id_token', 'code token'],
  }
  expect(pathsOf(given)).toEqual(['response_types.1', 'response_types.2'])
  expect(pathsOf(given, 'fapi1-advanced')).toEqual(['response_types.2'])
})

test('rfc9126 section 1: where requests are pushed, none is fetched', () => {
  const given = { request_uris: ['https://app.example/request.jwt'] }
  expect(pathsOf(given)).toEqual(['request_uris'])
  expect(problemsWithTenant(parse(given), tenant())).toEqual([])
})

test('fapi1 advanced section 5.2.2: a client whose requests nobody could verify is refused', () => {
  const { jwks_uri: _, ...metadata } = parse({})
  expect(problemsWithTenant(metadata, strict('fapi2'))).toEqual([])
  expect(problemsWithTenant(metadata, strict('fapi1-advanced'))).toMatchObject([{ path: ['jwks'] }])
})

test('rfc8705 section 2.1: tls_client_auth needs authorities that are trusted', () => {
  const given = { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_dns: 'a.b' }
  expect(pathsOf(given)).toEqual(['token_endpoint_auth_method'])
  const trusting = { ...tenant().settings, clientCertificateAuthorities: ['PEM'] }
  expect(problemsWithTenant(parse(given), { settings: trusting })).toEqual([])
})
