import { describe, expect, test } from 'vitest'
import { type SessionId, trusted } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import {
  countingRandom,
  inSeconds,
  now,
  otherUserId,
  region,
  tenant,
  user,
  userId,
} from '../../../test/support/builders.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { parseSessionCookie, sessionCookieValue, sessionHash } from '../session-cookie.ts'
import { currentSession } from './current-session.ts'
import { openSession } from './open-session.ts'

function world() {
  const store = inMemoryStore({ users: [user(), user({}, { id: otherUserId })] })
  const ports = { ...store, random: countingRandom(), region }
  const signIn = (who = userId, cookie?: Secret) => {
    const browser = { address: '203.0.113.9', cookie: cookie?.reveal() }
    return openSession(ports)(tenant(), { user: who, amr: ['pwd'], ...browser }, now)
  }
  const whoIs = (cookie: Secret) => currentSession(ports)(tenant(), cookie.reveal(), now)
  return { kept: store.kept, signIn, whoIs }
}

test('nist sp 800-63b-4 section 5.1: the session keeps the hash of its secret alone', async () => {
  const { kept, signIn } = world()
  const cookie = await signIn()
  const parsed = parseSessionCookie(region, cookie.reveal())
  const [session] = kept.sessions
  expect(parsed).toMatchObject({ user: userId, sid: session?.sid })
  expect(parsed && sessionHash(parsed.secret)).toBe(session?.secretHash)
  expect(JSON.stringify(kept)).not.toContain(parsed?.secret.reveal())
})

test('rfc8176 section 1: the session remembers when and how the user authenticated', async () => {
  const { kept, signIn } = world()
  await signIn()
  expect(kept.sessions).toMatchObject([
    { user: userId, authTime: now, amr: ['pwd'], expiresAt: inSeconds(28_800) },
  ])
})

test('the sign-in is audited in the very item it writes', async () => {
  const { kept, signIn } = world()
  await signIn()
  expect(kept.events).toMatchObject([
    { activity: 'sign-in', user: userId, address: '203.0.113.9', time: now },
  ])
})

describe('a browser that was signed in before', () => {
  test('keeps its session for the same user, under a new secret that alone counts', async () => {
    const { kept, signIn, whoIs } = world()
    const before = await signIn()
    const after = await signIn(userId, before)
    expect(kept.sessions).toHaveLength(1)
    expect(await whoIs(before)).toBeUndefined()
    expect(await whoIs(after)).toMatchObject({ session: { user: userId } })
  })

  test('ends its session when another user signs in', async () => {
    const { kept, signIn, whoIs } = world()
    const before = await signIn()
    const after = await signIn(otherUserId, before)
    expect(await whoIs(before)).toBeUndefined()
    expect(await whoIs(after)).toMatchObject({ session: { user: otherUserId } })
    expect(kept.events.map(({ activity }) => activity)).toEqual(['sign-in', 'sign-out', 'sign-in'])
  })

  test('gets a new session when the one it had was renewed or ended meanwhile', async () => {
    const { kept, signIn, whoIs } = world()
    const before = await signIn()
    const [first, second] = await Promise.all([signIn(userId, before), signIn(userId, before)])
    expect(kept.sessions).toHaveLength(2)
    expect(await whoIs(first)).toBeDefined()
    expect(await whoIs(second)).toBeDefined()
  })

  test('asvs 7.2.4: a cookie that was never ours leads to a session of our own choosing', async () => {
    const { kept, signIn } = world()
    const stranger = sessionCookieValue(region, {
      user: userId,
      sid: trusted<SessionId>('x'.repeat(22)),
      secret: new Secret('y'.repeat(43)),
    })
    const cookie = await signIn(userId, stranger)
    expect(cookie.reveal()).not.toContain('x'.repeat(22))
    expect(kept.sessions).toHaveLength(1)
  })
})
