import { expect, test } from 'vitest'
import {
  countingRandom,
  inSeconds,
  now,
  region,
  tenant,
  userId,
} from '../../../test/support/builders.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { parseSessionCookie } from '../session-cookie.ts'
import { openSession } from './open-session.ts'

const authentication = { user: userId, amr: ['pwd'], address: '203.0.113.9' }

async function opened() {
  const store = inMemoryStore()
  const random = countingRandom()
  const open = openSession({ ...store, random, region })
  const { cookie } = await open(tenant(), authentication, now)
  return { store, open, cookie: cookie.reveal() }
}

test('nist sp 800-63b-4 section 5.1: the session is found by the hash of its secret alone', async () => {
  const { store, cookie } = await opened()
  const [session] = store.kept.sessions
  expect(parseSessionCookie(region, cookie)).toEqual({ user: userId, hash: session?.hash })
  expect(JSON.stringify(store.kept)).not.toContain(cookie.split('.').at(-1))
})

test('rfc8176 section 1: the session remembers when and how the user authenticated', async () => {
  const { store } = await opened()
  expect(store.kept.sessions).toMatchObject([
    { user: userId, authTime: now, amr: ['pwd'], expiresAt: inSeconds(28_800) },
  ])
})

test('the sid that clients see is not the id of the session', async () => {
  const { store, cookie } = await opened()
  const [session] = store.kept.sessions
  expect(cookie).not.toContain(session?.sid)
  expect(session?.hash).not.toContain(session?.sid)
})

test('every sign-in opens another session', async () => {
  const { store, open, cookie } = await opened()
  const { cookie: next } = await open(tenant(), authentication, now)
  expect(next.reveal()).not.toBe(cookie)
  expect(new Set(store.kept.sessions.map(({ hash }) => hash)).size).toBe(2)
})

test('the sign-in is audited in the very item it writes', async () => {
  const { store } = await opened()
  expect(store.kept.events).toMatchObject([
    { activity: 'sign-in', user: userId, address: '203.0.113.9', time: now },
  ])
})
