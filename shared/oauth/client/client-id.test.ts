import { expect, test } from 'vitest'
import { clientId, clientIdMaxLength, looksLikeUserId } from './client-id.ts'

test('rfc6749 appendix A.1: a client_id is visible ASCII and spaces', () => {
  for (const text of ['demo-app', 'https://app.example/client', 'a b', '~!"#$%&\\', ' ']) {
    expect(clientId(text)).toBe(text)
  }
})

test('rfc6749 appendix A.1: any other character makes it no client_id', () => {
  for (const text of ['', 'a\tb', 'a\nb', 'ab\n', 'ä', '\u{1f511}', '\u007f', '\u0000']) {
    expect(clientId(text), JSON.stringify(text)).toBeUndefined()
  }
})

test('a client_id longer than 100 characters is refused', () => {
  expect(clientId('x'.repeat(clientIdMaxLength))).toBeDefined()
  expect(clientId('x'.repeat(clientIdMaxLength + 1))).toBeUndefined()
})

test('rfc9700 section 4.15, 4.15.1 and fapi 2.0 section 6.7: what has the form of a user id is no client_id to choose', () => {
  expect(looksLikeUserId('3q2-7wAAAAAAAAAAAAAAAA')).toBe(true)
  for (const text of ['web', 'client-3q2-7wAAAAAAAAAAAAAAAA', '3q2-7wAAAAAAAAAAAAAAA', 'a.b']) {
    expect(looksLikeUserId(text)).toBe(false)
  }
})
