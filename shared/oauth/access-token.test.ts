import { expect, test } from 'vitest'
import { clientId, inSeconds, now, userId } from '../../test/support/builders.ts'
import { accessTokenClaims } from './access-token.ts'

const facts = {
  issuer: 'https://id.example/acme',
  subject: userId,
  audience: 'https://id.example/acme',
  client: clientId,
  scopes: ['openid', 'profile'],
  jti: 'eu-central-1.1',
  issuedAt: now,
  expiresAt: inSeconds(300),
}

test('rfc9068 section 2.2: iss, exp, aud, sub, client_id, iat and jti are always there', () => {
  expect(accessTokenClaims({ ...facts, scopes: [] })).toStrictEqual({
    iss: 'https://id.example/acme',
    exp: inSeconds(300),
    aud: 'https://id.example/acme',
    sub: userId,
    client_id: clientId,
    iat: now,
    jti: 'eu-central-1.1',
  })
})

test('rfc9068 section 2.2.3: scopes are one value, separated by spaces', () => {
  expect(accessTokenClaims(facts)).toHaveProperty('scope', 'openid profile')
})

test('rfc9068 section 2.2.1: auth_time says when the user authenticated, where there was one', () => {
  expect(accessTokenClaims({ ...facts, authTime: inSeconds(-9) })).toHaveProperty(
    'auth_time',
    inSeconds(-9),
  )
  expect(accessTokenClaims(facts)).not.toHaveProperty('auth_time')
})

test('the sealed handle is the only way back to user and family', () => {
  expect(accessTokenClaims({ ...facts, handle: 'sealed' })).toHaveProperty('hdl', 'sealed')
  expect(accessTokenClaims(facts)).not.toHaveProperty('hdl')
})
