import { expect, test } from 'vitest'
import { type SessionHash, trusted } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { cookieSession, sessionCookie, signedInAs } from '../../test/support/browser-world.ts'
import { browserState, browserStateOf } from './browser-state.ts'

test('session management section 3.2: cookie and session lead to the same state', () => {
  expect(browserStateOf(new Secret(sessionCookie))).toBe(browserState(cookieSession.secretHash))
})

test('session management section 3.2: another sign-in is another state', () => {
  const other = signedInAs('j').session.secretHash
  expect(browserState(other)).not.toBe(browserState(cookieSession.secretHash))
})

test('session management section 6: the state is neither the secret nor what is stored of it', () => {
  const hash = trusted<SessionHash>('s'.repeat(43))
  expect(browserState(hash)).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(browserState(hash)).not.toBe(hash)
})
