import { expect, test } from 'vitest'
import { isSameHttpTarget } from './http-target.ts'

const expected = 'https://id.example/acme/oauth2/token'

test.each([
  expected,
  'https://id.example:443/acme/oauth2/token',
  'HTTPS://ID.example/acme/oauth2/token',
  'https://id.example/acme/./x/../oauth2/token',
  'https://id.example/%61cme/oauth2/%74oken',
])('rfc9449 section 4.3: targets are compared after normalization: %s', (presented) => {
  expect(isSameHttpTarget(presented, expected)).toBe(true)
})

test.each([`${expected}?a=b`, `${expected}#a`, `${expected}?`])(
  'rfc9449 section 4.3: query and fragment are ignored: %s',
  (presented) => {
    expect(isSameHttpTarget(presented, expected)).toBe(true)
  },
)

test.each([
  '',
  'token',
  '//id.example/acme/oauth2/token',
  'http://id.example/acme/oauth2/token',
  'https://id.example:8443/acme/oauth2/token',
  'https://user@id.example/acme/oauth2/token',
  'https://other.example/acme/oauth2/token',
  'https://id.example/globex/oauth2/token',
  'https://id.example/acme/oauth2/Token',
  'https://id.example/acme/oauth2/token/',
  'https://id.example/acme/oauth2%2ftoken',
])('rfc9449 section 4.3: any other target is another: %s', (presented) => {
  expect(isSameHttpTarget(presented, expected)).toBe(false)
})

test('rfc3986 section 6.2.2.1: the case of an encoded character means nothing', () => {
  expect(isSameHttpTarget('https://id.example/%c3%a4', 'https://id.example/%C3%A4')).toBe(true)
})
