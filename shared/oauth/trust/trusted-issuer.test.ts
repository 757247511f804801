import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unverifiedClaim } from '#shared/jose/unverified-jwt.ts'
import { clientId, inSeconds, now, tenant } from '../../../test/support/builders.ts'
import {
  clientOf,
  isMapped,
  problemOfPattern,
  type TrustedIssuer,
  userMappingOf,
  userNameIn,
} from './trusted-issuer.ts'
import { brokenClaim, trustedAlgorithms } from './trusted-issuer-claims.ts'
import { issuerMetadataUrl, jwksUriIn } from './trusted-issuer-discovery.ts'

const workload = { match: { sub: 'repo:acme/shop:*', ref: 'refs/heads/main' }, client: clientId }
const person = { match: { sub: 'people/*' }, userNameClaim: 'email', clients: [], scopes: [] }
const trusted: TrustedIssuer = {
  tenant: tenant().id,
  issuer: 'https://ci.example',
  type: 'jwt',
  keys: [],
  mappings: [person, workload],
}

describe('a mapping', () => {
  test.each([
    [{ sub: 'repo:acme/shop:env:prod', ref: 'refs/heads/main' }, true],
    [{ sub: 'repo:acme/shop:env:prod' }, false],
    [{ sub: 'repo:acme/shop:env:prod', ref: 'refs/heads/main2' }, false],
    [{ sub: 'repo:acme/shop:', ref: 'refs/heads/main' }, false],
    [{ sub: 'repo:acme/shop2:x', ref: 'refs/heads/main' }, false],
    [{ sub: ['repo:acme/shop:x'], ref: 'refs/heads/main' }, false],
  ])('of %j is %s', (claims, expected) => {
    expect(isMapped(workload, claims)).toBe(expected)
    expect(clientOf(trusted, claims)).toBe(expected ? clientId : undefined)
  })

  test('of users makes nobody a client, and the other way round', () => {
    expect(clientOf(trusted, { sub: 'people/1' })).toBeUndefined()
    expect(userMappingOf(trusted, { sub: 'people/1' })).toBe(person)
    const claims = { sub: 'repo:acme/shop:x', ref: 'refs/heads/main' }
    expect(userMappingOf(trusted, claims)).toBeUndefined()
  })

  test.each([
    [{ email: 'ada@example.com', email_verified: true }, 'ada@example.com'],
    [{ email: 'ada@example.com', email_verified: 'true' }, undefined],
    [{ email: 'ada@example.com' }, undefined],
    [{ email_verified: true }, undefined],
  ])('oidc core section 5.7: finds by %j the user %s', (claims, name) => {
    expect(userNameIn(person, claims)).toBe(name)
  })

  test.each(['*', 'repo:acme*', 'repo:*:x', ':*', 'a**', 'repo:acme/*/*'])(
    'may not be of the pattern %s, which others would match',
    (pattern) => expect(problemOfPattern(pattern)).toEqual(expect.any(String)),
  )

  test.each(['repo:acme/*', 'system:serviceaccount:shop:*', 'exact'])('may be %s', (pattern) => {
    expect(problemOfPattern(pattern)).toBeUndefined()
  })
})

describe('rfc7523 section 3: the claims of another issuer', () => {
  const good = { iss: trusted.issuer, sub: 's', aud: tenant().issuer, exp: inSeconds(60) }
  const broken = (more: object, at: TrustedIssuer = trusted) =>
    brokenClaim({ ...good, ...more }, { tenant: tenant(), trusted: at, now })

  test('hold', () => expect(broken({ nbf: now, iat: now, jti: 'x' })).toBeUndefined())

  test.each([
    ['issuer', { iss: 'https://else.example' }],
    ['subject', { sub: '' }],
    ['subject', { sub: 7 }],
    ['audience', { aud: undefined }],
    ['audience', { aud: [] }],
    ['audience', { aud: ['https://else.example'] }],
    ['expiry', { exp: undefined }],
    ['expiry', { exp: '1' }],
    ['expiry', { exp: now }],
    ['expiry', { exp: inSeconds(24 * 60 * 60 + 1) }],
    ['not-yet', { nbf: inSeconds(11) }],
    ['not-yet', { iat: inSeconds(11) }],
    ['id', { jti: 7 }],
    ['event', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }],
  ])('break the rule %s', (rule, more) => expect(broken(more)).toBe(rule))

  test('rfc7521 section 5.1: issuer and audience are compared character by character', () => {
    for (const iss of ['https://ci.example/', 'https://CI.example', 'https://ci.example:443']) {
      expect(broken({ iss })).toBe('issuer')
    }
    expect(broken({ aud: `${tenant().issuer}/` })).toBe('audience')
  })

  test('rfc7515 section 5.3 and 10.13: two spellings of a name in Unicode are two names', () => {
    const named = { ...trusted, issuer: 'urn:example:caf\u00e9' }
    expect(broken({ iss: 'urn:example:caf\u00e9' }, named)).toBeUndefined()
    expect(broken({ iss: 'urn:example:cafe\u0301' }, named)).toBe('issuer')
  })

  test('rfc8725 section 3.8: a subject counts with the issuer that has named it alone', () => {
    const other = { ...trusted, issuer: 'https://else.example' }
    expect(broken({}, other)).toBe('issuer')
  })

  test('an issuer that calls us by a name of its own uses no other', () => {
    const named = { ...trusted, audiences: ['sallyport'] }
    expect(broken({ aud: 'sallyport' }, named)).toBeUndefined()
    expect(broken({}, named)).toBe('audience')
  })

  test('rfc7523 section 5: of the algorithms only those count that the issuer signs with', () => {
    expect(trustedAlgorithms(tenant(), { ...trusted, algorithms: ['ES256'] })).toEqual(['ES256'])
  })

  test('no text at all makes reading one of them throw', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json().map((json) => `.${Buffer.from(json).toString('base64url')}.`),
    )
    fc.assert(fc.property(text, (any) => void unverifiedClaim(any, 'iss')))
  })
})

describe('oidc discovery section 4.3: the metadata of an issuer', () => {
  const issuer = 'https://ci.example/tenant'
  const text = (more: object) => JSON.stringify({ issuer, jwks_uri: `${issuer}/keys`, ...more })

  test('say where its keys are', () => {
    expect(issuerMetadataUrl(issuer)).toBe(`${issuer}/.well-known/openid-configuration`)
    expect(jwksUriIn(text({}), issuer)).toBe(`${issuer}/keys`)
  })

  test.each([
    text({ issuer: 'https://else.example' }),
    text({ jwks_uri: 'http://ci.example/keys' }),
    text({ jwks_uri: 7 }),
    '[]',
    'null',
    '<html>',
  ])('say nothing: %s', (any) => expect(jwksUriIn(any, issuer)).toBeUndefined())
})
