import { expect, test } from 'vitest'
import { tenant } from '../../../test/support/builders.ts'
import {
  isOwnResource,
  ownResource,
  ownResourceMetadataUrl,
  protectedResourceMetadata,
} from './protected-resource.ts'

const { issuer } = tenant()
const metadata = protectedResourceMetadata(tenant())

test('rfc9728 section 3.1: the well-known part stands between host and path', () => {
  expect(ownResourceMetadataUrl(issuer)).toBe(
    'https://id.example/.well-known/oauth-protected-resource/acme/oauth2/userinfo',
  )
})

test('rfc9728 section 3.3, 7.3 and 7.6: resource is the very address that clients send tokens to', () => {
  expect(metadata.resource).toBe('https://id.example/acme/oauth2/userinfo')
  expect(metadata.resource).toBe(ownResource(issuer))
  expect(metadata.authorization_servers).toEqual([issuer])
})

test('rfc9728 section 2 and 3.2: no member is empty, and only asymmetric algorithms are listed', () => {
  for (const value of Object.values(metadata)) expect(value).not.toHaveLength(0)
  for (const alg of metadata.dpop_signing_alg_values_supported) {
    expect(alg).not.toMatch(/^HS|^none$/)
  }
})

test('rfc9728 section 6: the own resource is known by its address and by the name of the issuer, byte for byte', () => {
  expect(isOwnResource(issuer, issuer)).toBe(true)
  expect(isOwnResource(issuer, `${issuer}/oauth2/userinfo`)).toBe(true)
  expect(isOwnResource(issuer, `${issuer}/`)).toBe(false)
  expect(isOwnResource(issuer, 'https://id.example/other')).toBe(false)
})
