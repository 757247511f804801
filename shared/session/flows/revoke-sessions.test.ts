import { expect, test } from 'vitest'
import { type SessionId, trusted } from '#shared/kernel/ids.ts'
import type { Session } from '#shared/session/session.ts'
import {
  countingRandom,
  inSeconds,
  now,
  otherUserId,
  session,
  tenant,
  userId,
} from '../../../test/support/builders.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { revokeSessions } from './revoke-sessions.ts'

const named = (sid: string, more: Partial<Session> = {}) =>
  session({ sid: trusted<SessionId>(sid), authTime: inSeconds(-60), ...more })

async function revoked(...sessions: Session[]) {
  const store = inMemoryStore({ sessions })
  const ports = { ...store, random: countingRandom(), clock: { now: () => now } }
  const user = { tenant: tenant().id, id: userId, validAfter: now }
  await revokeSessions(ports)(user)
  await revokeSessions(ports)(user)
  const ended = store.kept.sessions.filter(({ endedAt }) => endedAt === now)
  return { events: store.kept.events, ended: ended.map(({ sid }) => sid) }
}

test('back-channel logout section 2: sessions from before a user was disabled end, once each', async () => {
  const { ended, events } = await revoked(named('one'), named('two'))
  expect(ended).toEqual(['one', 'two'])
  expect(events).toMatchObject([
    { activity: 'session-revoked', user: userId, time: now },
    { activity: 'session-revoked', user: userId, time: now },
  ])
})

test('what is over already, younger, or of another user stays as it is', async () => {
  const { ended, events } = await revoked(
    named('expired', { expiresAt: now }),
    named('signed-out', { endedAt: inSeconds(-5) }),
    named('younger', { authTime: now }),
    named('other', { user: otherUserId }),
  )
  expect([ended, events]).toEqual([[], []])
})
