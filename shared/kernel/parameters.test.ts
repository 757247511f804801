import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readParameters } from './parameters.ts'

const read = (query: string) => readParameters(new URLSearchParams(query))

test('rfc6749 section 3.1: a parameter without a value counts as omitted', () => {
  const { parameters, repeated } = read('a=&b&c=1&a=')
  expect([...parameters]).toEqual([['c', '1']])
  expect(repeated).toEqual([])
})

test('rfc6749 section 3.1: a parameter must not be included more than once', () => {
  const { parameters, repeated } = read('a=1&b=2&a=3&a=1')
  expect(repeated).toEqual(['a', 'a'])
  expect(parameters.get('a')).toBe('1')
})

test('an empty value beside a present one is no repetition', () => {
  expect(read('a=&a=1').repeated).toEqual([])
})

test('names of the language itself are parameters like any other', () => {
  const { parameters } = read('__proto__=1&constructor=2&toString=3')
  expect(parameters.get('__proto__')).toBe('1')
  expect(parameters.has('hasOwnProperty')).toBe(false)
})

test('no query at all makes reading throw, and nothing empty is kept', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (query) => {
      const { parameters } = read(query)
      expect([...parameters.values()]).not.toContain('')
    }),
  )
})
