import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url } from './base64url.ts'

test('rfc7515 section 2: base64url without padding, URL-safe in every byte', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = encodeBase64url(bytes)
      expect(text).toMatch(/^[A-Za-z0-9_-]*$/)
      expect(Buffer.from(decodeBase64url(text) ?? [])).toEqual(Buffer.from(bytes))
    }),
  )
})

test.each([
  ['padding', 'YWI='],
  ['bits that no byte uses', 'YWK'],
  ['the other alphabet', '+/8'],
  ['white space', 'YW I'],
  ['a character outside the alphabet', 'YW*I'],
  ['a single character', 'Y'],
])('a second spelling of the same bytes is refused: %s', (_, text) => {
  expect(decodeBase64url(text)).toBeUndefined()
})

test('no text at all makes decoding throw, and what decodes has one spelling', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
      const bytes = decodeBase64url(text)
      if (bytes !== undefined) expect(encodeBase64url(bytes)).toBe(text)
    }),
  )
})
