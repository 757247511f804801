import fc from 'fast-check'
import { expect, test } from 'vitest'
import { systemRandom } from '#shared/node/random.ts'
import { anyText } from '../../../test/support/refusals.ts'
import {
  parseUserCode,
  renderUserCode,
  userCodeBytes,
  userCodeHash,
  userCodeOf,
} from './user-code.ts'

const drawn = () => userCodeOf(systemRandom.bytes(userCodeBytes))

test('rfc8628 section 6.1: eight letters of twenty, in two groups', () => {
  expect(renderUserCode(drawn())).toMatch(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/)
})

test('rfc8628 section 6.1: every letter can stand at every place', () => {
  const seen = Array.from({ length: 8 }, () => new Set<string>())
  for (let codes = 0; codes < 2000; codes++) {
    const code = drawn()
    seen.forEach((letters, place) => {
      letters.add(code.charAt(place))
    })
  }
  expect(seen.map((letters) => letters.size)).toEqual(Array(8).fill(20))
})

test.each([
  'bcdf-ghjk',
  'BCDFGHJK',
  ' bcdf ghjk ',
  'B.C.D.F-G.H.J.K',
  'bcdf\u2010ghjk',
  'abcdef-ghijk',
])('rfc8628 section 6.1: case and characters of no code are passed over: %s', (typed) => {
  expect(parseUserCode(typed)).toBe('BCDFGHJK')
})

test.each(['', 'BCDF', 'BCDF-GHJ', 'BCDF-GHJKL', 'AEIO-UYAE', '1234-5678'])(
  'rfc8628 section 6.1: %j is no user code',
  (typed) => {
    expect(parseUserCode(typed)).toBeUndefined()
  },
)

test('rfc8628 section 6.1: whatever is typed is a code of ours or none', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      const code = parseUserCode(typed)
      if (code !== undefined) expect(parseUserCode(renderUserCode(code))).toBe(code)
    }),
  )
})

test('different codes are found apart', () => {
  const codes = Array.from({ length: 100 }, drawn)
  expect(new Set(codes.map(userCodeHash)).size).toBe(new Set(codes).size)
})
