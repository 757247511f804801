import { expect, test } from 'vitest'
import { clientId, familyId, inSeconds, now, userId } from '../../../test/support/builders.ts'
import { type AccessToken, accessTokenClaims, readAccessTokenClaims } from './access-token.ts'

const issuer = 'https://id.example/acme'

const token: AccessToken = {
  subject: userId,
  audience: issuer,
  client: clientId,
  scopes: ['openid', 'profile'],
  jti: 'eu-central-1.1',
  issuedAt: now,
  expiresAt: inSeconds(300),
}

const full: AccessToken = {
  ...token,
  audience: [issuer, 'https://api.example/'],
  authTime: inSeconds(-9),
  acr: 'urn:example:silver',
  authorizationDetails: [{ type: 'payment' }],
  confirmation: { jkt: 'thumbprint' },
  line: { user: userId, family: familyId },
}

const claimsOf = (made: AccessToken, handle?: string) => accessTokenClaims(issuer, made, handle)

/**
 * A standard format, which every API can read.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.5.11
 */
test('rfc9068 section 2.2: iss, exp, aud, sub, client_id, iat and jti are always there', () => {
  expect(claimsOf({ ...token, scopes: [] })).toStrictEqual({
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
  expect(claimsOf(token)).toHaveProperty('scope', 'openid profile')
})

test('rfc9068 section 2.2.1 and rfc9470 section 6.1: auth_time and acr say how the user authenticated, where there was one', () => {
  expect(claimsOf(full)).toMatchObject({ auth_time: inSeconds(-9), acr: 'urn:example:silver' })
  expect(claimsOf(token)).not.toHaveProperty('auth_time')
  expect(claimsOf(token)).not.toHaveProperty('acr')
})

/** @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.5.10 */
test('the sealed handle is the only way back to user and family', () => {
  expect(claimsOf(full, 'sealed')).toHaveProperty('hdl', 'sealed')
  expect(JSON.stringify(claimsOf(full, 'sealed'))).not.toContain(familyId)
  expect(claimsOf(token)).not.toHaveProperty('hdl')
})

test('what was said is read back', () => {
  expect(readAccessTokenClaims(claimsOf(full, 'sealed'), full.line)).toStrictEqual(full)
  expect(readAccessTokenClaims(claimsOf(token), undefined)).toStrictEqual(token)
  expect(readAccessTokenClaims(claimsOf({ ...token, scopes: [] }), undefined)).toHaveProperty(
    'scopes',
    [],
  )
})

test.each(['iss', 'sub', 'aud', 'client_id', 'jti', 'iat', 'exp'])(
  'rfc9068 section 2.2: claims without %s are those of no access token',
  (name) => {
    expect(readAccessTokenClaims({ ...claimsOf(token), [name]: undefined }, undefined)).toBe(
      undefined,
    )
  },
)
