import { expect, test } from 'vitest'
import { tenant } from '../../test/support/builders.ts'
import { signingAlgorithmFor, signingAlgorithmsOf } from './signing-algorithm.ts'

const { settings } = tenant()
const acme = tenant({ settings: { ...settings, signingAlgorithms: ['ES256', 'RS256'] } })

test.each([
  ['RS256', 'RS256'],
  [undefined, 'ES256'],
  ['PS256', 'ES256'],
  ['none', 'ES256'],
])(
  'rfc8725 section 3.2: who asks for %s gets %s, and never what the tenant does not list',
  (asked, algorithm) => {
    expect(signingAlgorithmFor(acme, asked)).toBe(algorithm)
  },
)

test('fapi 2.0 section 5.4.1 and fapi1 advanced section 8.6: what the profile forbids is not used', () => {
  const strict = tenant({
    settings: { ...settings, profile: 'fapi2', signingAlgorithms: ['RS256', 'PS256'] },
  })
  expect(signingAlgorithmsOf(strict)).toEqual(['PS256'])
  expect(signingAlgorithmFor(strict, 'RS256')).toBe('PS256')
  const older = { ...strict.settings, profile: 'fapi1-advanced' } as const
  const signingAlgorithms = ['EdDSA', 'ML-DSA-44', 'ES256'] as const
  expect(signingAlgorithmsOf({ settings: { ...older, signingAlgorithms } })).toEqual(['ES256'])
})
