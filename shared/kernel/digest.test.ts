import fc from 'fast-check'
import { expect, test } from 'vitest'
import { equalInConstantTime, sha256Base64url } from './digest.ts'

test('rfc7636 appendix B: SHA-256 of the example in base64url', () => {
  expect(sha256Base64url('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  )
})

test('oidc core section 16.12: two texts are equal exactly when their characters are, whatever their lengths', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (left, right) => {
      expect(equalInConstantTime(left, right)).toBe(left === right)
      expect(equalInConstantTime(left, left)).toBe(true)
      expect(equalInConstantTime(left, `${left} `)).toBe(false)
    }),
  )
})
