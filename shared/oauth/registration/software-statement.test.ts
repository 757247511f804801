import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { epochSeconds } from '#shared/kernel/time.ts'
import { tenant } from '../../../test/support/builders.ts'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { approvedIssuer, claimsOfStatement, statedMetadata } from './software-statement.ts'

const now = epochSeconds(1_800_000_000)
const { issuer } = tenant()
const trusted = { issuer: 'https://vendor.example', jwksUri: 'https://vendor.example/jwks' }
const settings = { ...tenant().settings, selfRegistration: { statementIssuers: [trusted] } }

test('rfc7591 section 2.3: a statement of somebody whom the tenant trusts is looked into', () => {
  expect(approvedIssuer(tenant({ settings }), { iss: trusted.issuer })).toBe(trusted)
})

test.each([['https://vendor.example/'], [undefined], [7]])(
  'rfc7591 section 3.2.2: one of %s is unapproved',
  (iss) => {
    for (const by of [tenant({ settings }), tenant()]) {
      expect(thrownBy(() => approvedIssuer(by, { iss }))).toMatchObject({
        code: 'unapproved_software_statement',
      })
    }
  },
)

describe('rfc7591 section 2.3: what a statement says', () => {
  test('is told without what speaks of the statement itself', () => {
    const claims = { iss: 'x', iat: 1, exp: now + 1, jti: 'j', client_name: 'Shop' }
    expect(statedMetadata(claims, issuer, now)).toEqual({ client_name: 'Shop' })
  })

  test.each([[issuer], [`${issuer}/oauth2/register`], [['https://else.example', issuer]]])(
    'rfc7519 section 4.1.3: may be meant for us: %j',
    (aud) =>
      expect(statedMetadata({ aud, client_name: 'Shop' }, issuer, now)).toEqual({
        client_name: 'Shop',
      }),
  )

  test.each([
    ['without a good signature', undefined],
    ['that is over', { exp: now }],
    ['that has not begun', { nbf: now + 1 }],
    ['with an odd end', { exp: 'never' }],
    ['for somebody else', { aud: 'app-of-the-vendor', nonce: 'of an ID token' }],
    ['for nobody', { aud: [] }],
  ])('rfc7591 section 3.2.2: %s is invalid', (_, claims) => {
    expect(thrownBy(() => statedMetadata(claims, issuer, now))).toMatchObject({
      code: 'invalid_software_statement',
    })
  })
})

test('any text is claims or is refused', () => {
  fc.assert(fc.property(anyText, (text) => parsesOrRefuses(() => claimsOfStatement(text))))
  fc.assert(
    fc.property(fc.json(), (json) => {
      const jwt = `e30.${Buffer.from(json).toString('base64url')}.AA`
      parsesOrRefuses(() => claimsOfStatement(jwt))
    }),
  )
})
