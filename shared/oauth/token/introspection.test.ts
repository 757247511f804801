import { expect, test } from 'vitest'
import {
  clientId,
  family,
  familyId,
  inSeconds,
  now,
  tenant,
  userId,
} from '../../../test/support/builders.ts'
import type { AccessToken } from './access-token.ts'
import {
  inactive,
  introspectedAccessToken,
  introspectedRefreshToken,
  introspectionJwtClaims,
} from './introspection.ts'

const { issuer } = tenant()

const token: AccessToken = {
  subject: userId,
  audience: 'https://orders.example/',
  client: clientId,
  scopes: ['profile', 'orders:read'],
  jti: 'eu-central-1.1',
  issuedAt: now,
  expiresAt: inSeconds(300),
}

const full: AccessToken = {
  ...token,
  authTime: inSeconds(-9),
  acr: 'urn:example:silver',
  authorizationDetails: [{ type: 'payment' }],
  confirmation: { jkt: 'thumbprint' },
  line: { user: userId, family: familyId },
}

test('rfc7662 section 2.2: of an inactive token nothing is said but that', () => {
  expect(inactive).toStrictEqual({ active: false })
})

test('rfc7662 section 2.2: what is said of a token, and nothing that it does not hold', () => {
  expect(introspectedAccessToken(issuer, { ...token, scopes: [] }, undefined)).toStrictEqual({
    active: true,
    iss: issuer,
    sub: userId,
    aud: 'https://orders.example/',
    client_id: clientId,
    jti: 'eu-central-1.1',
    iat: now,
    exp: inSeconds(300),
    token_type: 'Bearer',
  })
})

test('rfc9470 section 6.2: how and when the user authenticated is told', () => {
  expect(introspectedAccessToken(issuer, full, 'ada')).toMatchObject({
    acr: 'urn:example:silver',
    auth_time: inSeconds(-9),
  })
})

test('rfc9449 section 6.2: the key that a token is bound to is told, and how it is presented', () => {
  expect(introspectedAccessToken(issuer, full, 'ada')).toMatchObject({
    cnf: { jkt: 'thumbprint' },
    token_type: 'DPoP',
  })
})

test('rfc8705 section 3.2: so is the certificate', () => {
  const bound = { ...token, confirmation: { 'x5t#S256': 'hash' } }
  expect(introspectedAccessToken(issuer, bound, 'ada')).toMatchObject({
    cnf: { 'x5t#S256': 'hash' },
    token_type: 'Bearer',
  })
})

test('rfc9396 section 9.2: the authorization details are told', () => {
  expect(introspectedAccessToken(issuer, full, 'ada')).toHaveProperty('authorization_details', [
    { type: 'payment' },
  ])
})

test('rfc7662 section 5: the name of the user is told with the scope profile alone', () => {
  expect(introspectedAccessToken(issuer, full, 'ada')).toHaveProperty('username', 'ada')
  const silent = { ...full, scopes: ['openid', 'orders:read'] }
  expect(introspectedAccessToken(issuer, silent, 'ada')).not.toHaveProperty('username')
})

test('neither user nor line stands in an answer', () => {
  const pairwise = { ...full, subject: 'known.only.there' }
  const answer = JSON.stringify(introspectedAccessToken(issuer, pairwise, 'ada'))
  expect(answer).not.toContain(userId)
  expect(answer).not.toContain(familyId)
})

test('rfc7662 section 2.2: a refresh token is told without a type, an id and an audience', () => {
  expect(introspectedRefreshToken(issuer, family(), 'subject')).toStrictEqual({
    active: true,
    iss: issuer,
    sub: 'subject',
    client_id: clientId,
    exp: family().expiresAt,
    auth_time: family().authTime,
    scope: 'openid profile',
  })
})

test('rfc9701 section 5: a JWT says whom it is for and when it was made, and of the token apart', () => {
  expect(introspectionJwtClaims(issuer, 'orders-api', inactive, now)).toStrictEqual({
    iss: issuer,
    aud: 'orders-api',
    iat: now,
    token_introspection: { active: false },
  })
})
