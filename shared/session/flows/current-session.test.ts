import { describe, expect, test } from 'vitest'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import type { Session } from '#shared/session/session.ts'
import {
  inSeconds,
  now,
  otherUserId,
  region,
  session,
  sid,
  tenant,
  user,
  userId,
} from '../../../test/support/builders.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { type SessionCookie, sessionCookieValue, sessionHash } from '../session-cookie.ts'
import { currentSession } from './current-session.ts'

const secret = new Secret('i'.repeat(43))
const cookieOf = (more: Partial<SessionCookie> = {}) =>
  sessionCookieValue(region, { user: userId, sid, secret, ...more }).reveal()
const cookie = cookieOf()
const signedIn = (more: Partial<Session> = {}) =>
  session({ secretHash: sessionHash(secret), ...more })

const ask = (sessions: Session[], users = [user()], presented: string | undefined = cookie) =>
  currentSession({ ...inMemoryStore({ sessions, users }), region })(tenant(), presented, now)

test('a live session of a valid user says who is signed in', async () => {
  expect(await ask([signedIn()])).toEqual({ session: signedIn(), user: user() })
})

describe('nobody is signed in', () => {
  test('without a cookie', async () => {
    const { sessions, users } = inMemoryStore({ sessions: [signedIn()], users: [user()] })
    const answer = await currentSession({ sessions, users, region })(tenant(), undefined, now)
    expect(answer).toBeUndefined()
  })

  test('with another secret than the newest of the session', async () => {
    const forged = cookieOf({ secret: new Secret('j'.repeat(43)) })
    expect(await ask([signedIn()], [user()], forged)).toBeUndefined()
  })

  test('with the session of one user under the name of another', async () => {
    const users = [user(), user({}, { id: otherUserId })]
    const forged = cookieOf({ user: otherUserId })
    expect(await ask([signedIn()], users, forged)).toBeUndefined()
  })

  test.each([
    ['has expired', { expiresAt: now }],
    ['was ended', { endedAt: inSeconds(-1) }],
  ])('when the session %s', async (_, more) => {
    expect(await ask([signedIn(more)])).toBeUndefined()
  })

  test.each([
    ['is gone', []],
    ['is disabled', [user({ active: false })]],
    ['has revoked what is older', [user({}, { validAfter: now })]],
  ])('when the user %s', async (_, users) => {
    expect(await ask([signedIn()], users)).toBeUndefined()
  })

  test('at another tenant', async () => {
    const ports = { ...inMemoryStore({ sessions: [signedIn()], users: [user()] }), region }
    const other = tenant({ id: trusted<TenantId>('other') })
    expect(await currentSession(ports)(other, cookie, now)).toBeUndefined()
  })
})
