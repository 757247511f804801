import { expect, test } from 'vitest'
import { tenant } from '../../test/support/builders.ts'
import { signingAlgorithmFor } from './signing-algorithm.ts'

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
