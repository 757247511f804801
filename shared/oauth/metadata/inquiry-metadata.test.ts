import { expect, test } from 'vitest'
import { tenant } from '../../../test/support/builders.ts'
import { inquiryMetadata } from './inquiry-metadata.ts'

const metadata = inquiryMetadata(tenant(), {
  methods: ['client_secret_basic', 'none'],
  signingAlgorithms: ['RS256'],
})

test('rfc8414 section 2: both endpoints are announced, below the issuer', () => {
  expect(metadata).toMatchObject({
    introspection_endpoint: 'https://id.example/acme/oauth2/introspect',
    revocation_endpoint: 'https://id.example/acme/oauth2/revoke',
  })
})

test('rfc7662 section 2.1: a public client may revoke its tokens, and not ask about any', () => {
  expect(metadata.introspection_endpoint_auth_methods_supported).toEqual(['client_secret_basic'])
  expect(metadata.revocation_endpoint_auth_methods_supported).toContain('none')
})

test('rfc9701 section 7: an answer is signed with what the tenant signs with, never with none', () => {
  expect(metadata.introspection_signing_alg_values_supported).toEqual(['RS256'])
})
