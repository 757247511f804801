import { expect, test } from 'vitest'
import { tenant } from '../../test/support/builders.ts'
import { authorizationServerMetadata } from './authorization-server-metadata.ts'
import { parseTokenRequest } from './messages/token-request.ts'
import { parseResponseMode } from './response-mode.ts'

const metadata = authorizationServerMetadata(tenant(), ['en', 'de'])

test('rfc8414 section 2: issuer, endpoints and response types are there, all below the issuer', () => {
  expect(metadata).toMatchObject({
    issuer: 'https://id.example/acme',
    authorization_endpoint: 'https://id.example/acme/oauth2/authorize',
    token_endpoint: 'https://id.example/acme/oauth2/token',
    jwks_uri: 'https://id.example/acme/oauth2/jwks',
    response_types_supported: ['code'],
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
  for (const grantType of metadata.grant_types_supported) {
    const values = { code: 'c', refresh_token: 'r', device_code: 'd', auth_req_id: 'a' }
    const form = { grant_type: grantType, client_id: 'c', ...values }
    const request = parseTokenRequest(new URLSearchParams(form), {}, '203.0.113.9')
    expect(request.grantType).toBe(grantType)
  }
  for (const mode of metadata.response_modes_supported) {
    expect(parseResponseMode(mode, 'https://app.example/callback')).toBe(mode)
  }
})

test('rfc8414 section 2: no claim without a value', () => {
  for (const value of Object.values(metadata)) {
    expect(value).toBeDefined()
    if (Array.isArray(value)) expect(value).not.toHaveLength(0)
  }
})
