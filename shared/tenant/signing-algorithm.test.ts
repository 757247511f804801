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

test('fapi1 advanced section 5.2.2: RS256 is not used where the profile forbids it', () => {
  const strict = tenant({
    settings: { ...settings, profile: 'fapi2', signingAlgorithms: ['RS256', 'PS256'] },
  })
  expect(signingAlgorithmsOf(strict)).toEqual(['PS256'])
  expect(signingAlgorithmFor(strict, 'RS256')).toBe('PS256')
})
