import { expect, test } from 'vitest'
import { tenant } from '../../../test/support/builders.ts'
import { senderMetadata } from './sender-metadata.ts'

const { issuer } = tenant()
const endpoints = {
  token_endpoint: `${issuer}/oauth2/token`,
  userinfo_endpoint: `${issuer}/oauth2/userinfo`,
}

test('rfc9449 section 5.1: the algorithms of proofs, none of them symmetric', () => {
  expect(senderMetadata(tenant(), endpoints, undefined)).toEqual({
    dpop_signing_alg_values_supported: ['ES256', 'EdDSA', 'PS256', 'RS256'],
  })
})

test('fapi 2.0 section 5.4.1: RS256 is not among them', () => {
  const strict = tenant({ settings: { ...tenant().settings, profile: 'fapi2' } })
  expect(senderMetadata(strict, endpoints, undefined).dpop_signing_alg_values_supported).toEqual([
    'ES256',
    'EdDSA',
    'PS256',
  ])
})

test('fapi1 advanced section 8.6: PS256 and ES256 alone are', () => {
  const signingAlgorithms = ['PS256', 'ML-DSA-44'] as const
  const settings = { ...tenant().settings, profile: 'fapi1-advanced', signingAlgorithms } as const
  const announced = senderMetadata(tenant({ settings }), endpoints, undefined)
  expect(announced.dpop_signing_alg_values_supported).toEqual(['ES256', 'PS256'])
})

test('rfc8705 section 3.3 and 5: tokens can be bound, and endpoints have aliases, where certificates are asked for', () => {
  expect(senderMetadata(tenant(), endpoints, 'https://mtls.id.example')).toMatchObject({
    tls_client_certificate_bound_access_tokens: true,
    mtls_endpoint_aliases: {
      token_endpoint: 'https://mtls.id.example/acme/oauth2/token',
      userinfo_endpoint: 'https://mtls.id.example/acme/oauth2/userinfo',
    },
  })
})
