import { expect, test } from 'vitest'
import type { AccessToken } from '#shared/oauth/token/access-token.ts'
import { clientId, familyId, inSeconds, now, tenant, userId } from '../../test/support/builders.ts'
import { thrownBy } from '../../test/support/refusals.ts'
import { verifyUserInfoToken } from './user-info-token.ts'

const { issuer } = tenant()

const token: AccessToken = {
  subject: userId,
  audience: issuer,
  client: clientId,
  scopes: ['openid', 'profile'],
  jti: 'eu-central-1.1',
  issuedAt: inSeconds(-299),
  expiresAt: inSeconds(1),
  line: { user: userId, family: familyId },
}

const verify = (changed: Partial<AccessToken>) =>
  verifyUserInfoToken({ ...token, ...changed }, issuer, now)

const invalid = (rule: string) => ({
  code: 'invalid_token',
  status: 401,
  rule: `oidc/userinfo/${rule}`,
})

const insufficient = { code: 'insufficient_scope', status: 403, rule: 'oidc/userinfo/scope' }

test('rfc9068 section 4: a token that holds is answered as it is', () => {
  expect(verify({})).toEqual(token)
  expect(verify({ audience: ['https://api.example', issuer] })).toHaveProperty('subject', userId)
  expect(verify({ audience: `${issuer}/oauth2/userinfo` })).toHaveProperty('subject', userId)
})

test('rfc9068 section 4: a token that this issuer has not issued is invalid_token', () => {
  expect(thrownBy(() => verifyUserInfoToken(undefined, issuer, now))).toMatchObject(
    invalid('token'),
  )
})

/**
 * The resource server that we are ourselves: neither expired, nor for another audience, nor without the scope.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-7
 */
test('rfc6750 section 3.1: an expired token is invalid_token, from the second of exp on', () => {
  expect(thrownBy(() => verify({ expiresAt: now }))).toMatchObject(invalid('expired'))
})

test.each([{ audience: 'https://api.example' }, { audience: [] }, { audience: `${issuer}/` }])(
  'rfc9068 section 4: a token that does not name this resource is rejected: %j',
  (changed) => {
    expect(thrownBy(() => verify(changed))).toMatchObject(invalid('audience'))
  },
)

test('rfc6750 section 3.1: a token without the scope openid is insufficient_scope', () => {
  expect(thrownBy(() => verify({ scopes: ['profile'] }))).toMatchObject(insufficient)
})

test('a token that speaks for nobody is insufficient_scope', () => {
  const { line: _, ...machine } = token
  expect(thrownBy(() => verifyUserInfoToken(machine, issuer, now))).toMatchObject(insufficient)
})
