import { expect, test } from 'vitest'
import { halfHash } from './half-hash.ts'

const vectors = [
  ['RS256', 'Zmca1zwLaUoHoOEh8em_mw'],
  ['PS256', 'Zmca1zwLaUoHoOEh8em_mw'],
  ['ES256', 'Zmca1zwLaUoHoOEh8em_mw'],
  ['EdDSA', '0xMYFuysAlBd1o_EYusMjIzh--GKB5pFF4xhgi_tUGc'],
  ['ML-DSA-44', '83KE4VXkTjjoYlVjIh3j6d84oh5r4XV-ZK2ybYItxkw'],
] as const

test.each(vectors)(
  'oidc core section 3.1.3.6 and oidc token hash algorithms section 2: the left half of the hash that belongs to %s',
  (algorithm, expected) => {
    expect(halfHash(algorithm, 'token-for-hash-20261002')).toBe(expected)
  },
)

test('oidc core section 3.1.3.6: the hashes of the example response', () => {
  expect(halfHash('RS256', 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y')).toBe(
    '77QmUPtjPfzWtF2AnpK9RQ',
  )
  expect(halfHash('RS256', 'Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk')).toBe(
    'LDktKdoQak3Pk0cnXxCltA',
  )
})
