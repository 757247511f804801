import { expect, test } from 'vitest'
import { inSeconds, now, session, user } from '../../test/support/builders.ts'
import { isLive, isUserValid } from './live.ts'

test('nist sp 800-63b-4 section 5: a session counts until the second of its end', () => {
  expect(isLive(session({ expiresAt: inSeconds(1) }), now)).toBe(true)
  expect(isLive(session({ expiresAt: now }), now)).toBe(false)
  expect(isLive(session({ expiresAt: inSeconds(-1) }), now)).toBe(false)
})

test('a session that was ended does not count, however long it might have lasted', () => {
  expect(isLive(session({ endedAt: inSeconds(-1) }), now)).toBe(false)
  expect(isLive(session({ endedAt: now }), now)).toBe(false)
})

test('a user who is not active may not act', () => {
  expect(isUserValid(user({ active: false }), now)).toBe(false)
  expect(isUserValid(user(), now)).toBe(true)
})

test('what was begun before the validAfter of the user does not count, what was begun then does', () => {
  const changed = user({}, { validAfter: now })
  expect(isUserValid(changed, inSeconds(-1))).toBe(false)
  expect(isUserValid(changed, now)).toBe(true)
})
