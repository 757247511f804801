import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Secret } from '#shared/kernel/secret.ts'
import { region, sid, userId } from '../../test/support/builders.ts'
import { anyText } from '../../test/support/refusals.ts'
import {
  browserCookieName,
  parseSessionCookie,
  sessionCookieName,
  sessionCookieValue,
  sessionHash,
} from './session-cookie.ts'

const secret = new Secret('i'.repeat(43))
const cookie = sessionCookieValue(region, { user: userId, sid, secret }).reveal()

test('a cookie leads back to its user, its session and the secret that proves it', () => {
  const parsed = parseSessionCookie(region, cookie)
  expect(parsed).toMatchObject({ user: userId, sid })
  expect(parsed?.secret.reveal()).toBe(secret.reveal())
})

test('nist sp 800-63b-4 section 5.1: the store is asked for a hash, never for the secret itself', () => {
  const hash = sessionHash(secret)
  expect(hash).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(hash).not.toContain(secret.reveal())
})

test('rfc6265 section 4.1.2.5: the names ask for a secure channel', () => {
  expect(sessionCookieName).toMatch(/^__Secure-/)
  expect(browserCookieName).toMatch(/^__Secure-/)
})

test.each([
  ['absent', undefined],
  ['empty', ''],
  ['of another Region', cookie.replace('eu-central-1', 'us-east-1')],
  ['without a Region', cookie.slice(cookie.indexOf('.') + 1)],
  ['too short', cookie.slice(0, -1)],
  ['too long', `${cookie}i`],
  ['followed by something', `${cookie}\n`],
  ['with a separator of keys in it', cookie.replace('uu', 'u#')],
  ['without a secret', cookie.slice(0, cookie.lastIndexOf('.'))],
  ['without a session id', cookie.replace(`.${sid}`, '')],
])('a cookie that is %s is no session', (_, presented) => {
  expect(parseSessionCookie(region, presented)).toBeUndefined()
})

test('no text at all makes parsing throw, and what it answers can be part of a key', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const presented of [text, `${region}.${text}`]) {
        const handle = parseSessionCookie(region, presented)
        if (handle !== undefined) expect(handle.user).toMatch(/^[\w-]{22,43}$/)
      }
    }),
  )
})
