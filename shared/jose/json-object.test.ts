import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRecord } from '#shared/kernel/json.ts'
import { jsonObjectOf } from './json-object.ts'

test('rfc7519 section 4: of a claim that is repeated only the last counts', () => {
  expect(jsonObjectOf(Buffer.from('{"sub":"a","sub":"b"}'))).toEqual({ sub: 'b' })
})

test('no bytes at all make reading throw, and nothing but an object comes out', () => {
  const bytes = fc.oneof(
    fc.uint8Array(),
    fc.json().map((json) => Buffer.from(json)),
  )
  fc.assert(
    fc.property(bytes, (any) => {
      const read = jsonObjectOf(any)
      expect(read === undefined || isRecord(read)).toBe(true)
    }),
  )
})
