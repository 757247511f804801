import { expect, test } from 'vitest'
import { client, tenant } from '../../../test/support/builders.ts'
import { parseResponseMode, verifyResponseMode } from '../authorization/response-mode.ts'
import { parseResponseType, responseTypes } from '../authorization/response-type.ts'
import { parseTokenRequest } from '../messages/token-request.ts'
import { authorizationServerMetadata } from './authorization-server-metadata.ts'

const metadata = authorizationServerMetadata(tenant(), ['en', 'de'])

test('rfc8414 section 2: issuer, endpoints and response types are there, all below the issuer', () => {
  expect(metadata).toMatchObject({
    issuer: 'https://id.example/acme',
    authorization_endpoint: 'https://id.example/acme/oauth2/authorize',
    token_endpoint: 'https://id.example/acme/oauth2/token',
    jwks_uri: 'https://id.example/acme/oauth2/jwks',
    response_types_supported: expect.arrayContaining(['code']),
    ui_locales_supported: ['en', 'de'],
  })
})

test('rfc8414 section 2: the algorithm none must not be listed, nor any symmetric one', () => {
  expect(metadata.token_endpoint_auth_signing_alg_values_supported).not.toContain('none')
  for (const algorithm of metadata.token_endpoint_auth_signing_alg_values_supported) {
    expect(algorithm).not.toMatch(/^HS/)
  }
})

test('rfc9700 section 2.1.1: PKCE is announced, and only S256', () => {
  expect(metadata.code_challenge_methods_supported).toEqual(['S256'])
})

test('rfc9207 section 3: the iss parameter is announced', () => {
  expect(metadata.authorization_response_iss_parameter_supported).toBe(true)
})

test('what is announced is accepted: every grant type and every response mode', () => {
  for (const grantType of metadata.grant_types_supported.filter((type) => type !== 'implicit')) {
    const values = {
      code: 'c',
      refresh_token: 'r',
      device_code: 'd',
      auth_req_id: 'a',
      assertion: 'j',
      subject_token: 't',
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    }
    const form = { grant_type: grantType, client_id: 'c', ...values }
    const request = parseTokenRequest(new URLSearchParams(form), {}, '203.0.113.9')
    expect(request.grantType).toBe(grantType)
  }
  for (const mode of metadata.response_modes_supported) {
    const target = { redirectUri: 'https://app.example/callback', responseType: 'code' }
    const facts = { ...target, client: client(), tenant: tenant() }
    expect(() => verifyResponseMode(parseResponseMode(mode, target), facts)).not.toThrow()
  }
})

test.each(['baseline', 'fapi2', 'fapi1-advanced'] as const)(
  'rfc8414 section 2: of %s every response type that is announced is accepted, and no other',
  (profile) => {
    const strict = tenant({ settings: { ...tenant().settings, profile } })
    const announced = authorizationServerMetadata(strict, ['en'])
    const accepted = responseTypes.filter((type) => {
      try {
        return parseResponseType(type, client({ responseTypes }), strict) === type
      } catch {
        return false
      }
    })
    expect(announced.response_types_supported).toEqual(accepted)
    expect(announced.grant_types_supported.includes('implicit')).toBe(accepted.length > 1)
  },
)

test('jarm section 4: answers are signed as every token is, and never with none', () => {
  expect(metadata.authorization_signing_alg_values_supported).toEqual(['RS256'])
  expect(metadata.response_modes_supported).toContain('jwt')
})

test('rfc8414 section 2 and 3.2: no claim without a value', () => {
  for (const value of Object.values(metadata)) {
    expect(value).toBeDefined()
    if (Array.isArray(value)) expect(value).not.toHaveLength(0)
  }
})

test('rfc8705 section 2.1.1 and 2.2.1: certificates are a method where a host asks for them', () => {
  const methods = ['tls_client_auth', 'self_signed_tls_client_auth']
  const announced = (mtlsOrigin?: string) =>
    authorizationServerMetadata(tenant(), ['en'], mtlsOrigin).token_endpoint_auth_methods_supported
  expect(announced('https://mtls.id.example')).toEqual(expect.arrayContaining(methods))
  for (const method of methods) expect(announced()).not.toContain(method)
})

test('attestation-based client authentication section 8: the method and the algorithms are announced', () => {
  expect(metadata.token_endpoint_auth_methods_supported).toContain('attest_jwt_client_auth')
  expect(metadata.token_endpoint_auth_methods_supported).not.toContain(
    'attest_jwt_client_auth_dpop',
  )
  expect(metadata).toMatchObject({
    client_attestation_signing_alg_values_supported: expect.arrayContaining(['ES256']),
    client_attestation_pop_signing_alg_values_supported: expect.arrayContaining(['ES256']),
  })
})

test('fapi 2.0 section 5.3.2.1: no secret and no public client is announced, nor RS256', () => {
  const strict = tenant({ settings: { ...tenant().settings, profile: 'fapi2' } })
  const announced = authorizationServerMetadata(strict, ['en'])
  expect(announced.token_endpoint_auth_methods_supported).toEqual(['private_key_jwt'])
  expect(announced.token_endpoint_auth_signing_alg_values_supported).not.toContain('RS256')
})
