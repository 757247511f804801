import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPhcString, parsePhcString } from './phc-string.ts'

test('rfc9106 section 3.1: what is written is read again', () => {
  const bytes = (minLength: number) => fc.uint8Array({ minLength, maxLength: 32 })
  const hash = fc.record({
    memory: fc.integer({ min: 19_456, max: 65_536 }),
    passes: fc.integer({ min: 2, max: 4 }),
    parallelism: fc.constant(1),
    salt: bytes(16).map((some) => Buffer.from(some)),
    tag: bytes(32).map((some) => Buffer.from(some)),
  })
  fc.assert(
    fc.property(hash, (written) => {
      expect(parsePhcString(formatPhcString(written))).toEqual(written)
    }),
  )
})

test('no text makes reading throw, and nothing is read that would keep a function busy', () => {
  const number = fc.oneof(fc.nat(), fc.bigInt().map(String))
  const almost = fc
    .tuple(number, number, number, fc.base64String(), fc.base64String())
    .map(([memory, passes, lanes, salt, tag]) => {
      return `$argon2id$v=19$m=${memory},t=${passes},p=${lanes}$${salt}$${tag}`
    })
  fc.assert(
    fc.property(fc.oneof(fc.string(), almost), (text) => {
      const { memory = 0, passes = 0 } = parsePhcString(text) ?? {}
      expect(memory * passes).toBeLessThan(2 ** 21)
    }),
    { numRuns: 500 },
  )
})
