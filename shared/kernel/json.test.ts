import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRecord, parseJson } from './json.ts'

test('what JSON has written is read, and no other text makes reading throw', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void parseJson(JSON.stringify(value))))
  expect(parseJson('{"a":[1]}')).toEqual({ a: [1] })
  fc.assert(fc.property(fc.string(), (text) => void parseJson(text)))
  expect(parseJson('{')).toBeUndefined()
})

test.each([[null], [[]], ['{}'], [1], [undefined]])('%j is no object of JSON', (value) => {
  expect(isRecord(value)).toBe(false)
})

test('an object is one', () => {
  expect(isRecord({})).toBe(true)
})
