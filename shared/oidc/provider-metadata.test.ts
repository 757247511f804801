import { expect, test } from 'vitest'
import { type SessionId, trusted } from '#shared/kernel/ids.ts'
import { clientId, inSeconds, now, tenant, userId } from '../../test/support/builders.ts'
import { idTokenClaims } from './id-token.ts'
import { parsePrompt } from './prompt.ts'
import { providerMetadata } from './provider-metadata.ts'

const metadata = providerMetadata(tenant(), ['en'])

test('oidc discovery section 3: everything that is required is there', () => {
  expect(metadata).toMatchObject({
    issuer: tenant().issuer,
    authorization_endpoint: expect.any(String),
    token_endpoint: expect.any(String),
    jwks_uri: expect.any(String),
    response_types_supported: expect.arrayContaining(['code', 'id_token', 'id_token token']),
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  })
})

test('oidc discovery section 3 and oidc core section 15.1: RS256 is among the algorithms, none is not', () => {
  expect(metadata.id_token_signing_alg_values_supported).toContain('RS256')
  expect(metadata.id_token_signing_alg_values_supported).not.toContain('none')
})

test('oidc discovery section 3 and 7.2: every endpoint is below the issuer, which has no query', () => {
  const endpoints = Object.entries(metadata).filter(([name]) => /_(endpoint|uri)$/.test(name))
  expect(endpoints).not.toHaveLength(0)
  for (const [, url] of endpoints)
    expect(url).toMatch(/^https:\/\/id\.example\/acme\/[a-z0-9_/-]+$/)
})

test('oidc discovery section 3 and rfc9470 section 7: claims, acr and request objects may be asked with', () => {
  expect(metadata).toMatchObject({
    request_parameter_supported: true,
    request_uri_parameter_supported: true,
    require_request_uri_registration: true,
    claims_parameter_supported: true,
    acr_values_supported: ['urn:sallyport:acr:pwd'],
  })
})

test('oidc discovery section 3: openid is a scope, and no scope or claim is named twice', () => {
  expect(metadata.scopes_supported).toContain('openid')
  for (const names of [metadata.scopes_supported, metadata.claims_supported]) {
    expect(new Set(names).size).toBe(names.length)
  }
})

test('every claim of an ID token is announced', () => {
  const claims = idTokenClaims({
    issuer: tenant().issuer,
    user: userId,
    subject: userId,
    client: clientId,
    algorithm: 'RS256',
    sid: trusted<SessionId>('sid-1'),
    authTime: now,
    amr: ['pwd'],
    nonce: 'n',
    accessToken: 'at',
    code: 'c',
    state: 's',
    acr: 'phr',
    issuedAt: now,
    expiresAt: inSeconds(200),
  })
  expect(metadata.claims_supported).toEqual(expect.arrayContaining(Object.keys(claims)))
})

test('every prompt that is announced is accepted', () => {
  for (const prompt of metadata.prompt_values_supported) expect(parsePrompt(prompt).size).toBe(1)
})
