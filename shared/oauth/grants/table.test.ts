import { expect, test } from 'vitest'
import { grants, grantTypes } from './table.ts'

test('rfc6749 section 4.4: client_credentials must only be used by confidential clients', () => {
  expect(grants.client_credentials.allowsPublicClients).toBe(false)
})

test('rfc9700 section 2.4: the resource owner password credentials grant must not be used', () => {
  expect(grantTypes).not.toContain('password')
})

test('rfc9700 section 2.1.2: no grant type stands for the implicit grant', () => {
  expect(grantTypes).not.toContain('implicit')
})
