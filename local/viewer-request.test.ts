import { expect, test } from 'vitest'
import { headerLines, parseTarget } from './viewer-request.ts'

test('API Gateway: a path is decoded once, and its query stays as it is', () => {
  expect(parseTarget('/a%20b%252F?x=%20')).toEqual({ path: '/a b%2F', queryString: 'x=%20' })
  expect(parseTarget('/a??b')).toEqual({ path: '/a', queryString: '?b' })
})

test('API Gateway: a path is cut at an encoded question mark', () => {
  expect(parseTarget('/a%3Fb/c?d')).toEqual({ path: '/a', queryString: 'd' })
})

test.each(['/%', '/%zz', '/%C3', '*', 'http://other.example/', ''])('no path in %j', (target) => {
  expect(parseTarget(target)).toBeUndefined()
})

test('headers keep their order and their repetition, in lower case', () => {
  expect(headerLines(['Cookie', 'a=1', 'X', '', 'cookie', 'b=2'])).toEqual([
    ['cookie', 'a=1'],
    ['x', ''],
    ['cookie', 'b=2'],
  ])
})
