import { expect, test } from 'vitest'
import { problemOfRedirectUri } from './redirect-uri-registration.ts'

test('rfc8252 section 7.1: a native app may use a private-use scheme with a dot', () => {
  expect(problemOfRedirectUri('com.example.app:/callback', 'native')).toBeUndefined()
  expect(problemOfRedirectUri('example.app://callback', 'native')).toBeUndefined()
})

test('rfc8252 section 8.4: a scheme without a dot is no private-use scheme', () => {
  for (const uri of [
    'myapp:/callback',
    'javascript:alert(1)',
    'data:text/html,x',
    'mailto:a@b.c',
  ]) {
    expect(problemOfRedirectUri(uri, 'native'), uri).toMatch(/private-use scheme/)
  }
})

test('rfc8252 section 7.2 and 7.3: a native app may use claimed https and loopback URIs', () => {
  for (const uri of [
    'https://app.example/callback',
    'http://127.0.0.1/callback',
    'http://[::1]:7000/callback',
    'http://localhost/callback',
  ]) {
    expect(problemOfRedirectUri(uri, 'native'), uri).toBeUndefined()
  }
})

test('a web client uses https, or http on a loopback host, and nothing else', () => {
  expect(problemOfRedirectUri('https://app.example/callback', 'web')).toBeUndefined()
  expect(problemOfRedirectUri('http://localhost:9000/callback', 'web')).toBeUndefined()
  expect(problemOfRedirectUri('com.example.app:/callback', 'web')).toMatch(/web client/)
  expect(problemOfRedirectUri('http://app.example/callback', 'web')).toMatch(/must be https/)
})

test('rfc6749 section 3.1.2: no fragment, and absolute, for every kind of client', () => {
  for (const type of ['web', 'native'] as const) {
    expect(problemOfRedirectUri('https://app.example/#a', type)).toBe('must not have a fragment')
    expect(problemOfRedirectUri('com.example.app:/#a', type)).toBe('must not have a fragment')
    expect(problemOfRedirectUri('/callback', type)).toBe('must be an absolute URI')
  }
})
