import { expect, test } from 'vitest'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import { anyAttempt, anyEvent, anySession, now } from './support/samples.ts'
import type { Subject } from './support/subject.ts'

const event = anyEvent()

export function sessionsContract({ sound, losingAnAnswer }: Subject<Sessions>): void {
  test('AP-17: an opened session is found as it was opened', async () => {
    const session = anySession()
    expect(await sound().find(session)).toBeUndefined()
    await sound().open(session, anyAttempt(), event)
    expect(await sound().find(session)).toEqual(session)
  })

  test('AP-17: a session id cannot be opened twice', async () => {
    const session = anySession()
    await sound().open(session, anyAttempt(), event)
    await expect(sound().open({ ...session, sid: 'other' }, anyAttempt(), event)).rejects.toThrow()
    expect(await sound().find(session)).toEqual(session)
  })

  test('AP-17: a retry after a lost answer is success', async () => {
    const session = anySession()
    await losingAnAnswer().open(session, anyAttempt(), event)
    expect(await sound().find(session)).toEqual(session)
  })

  test('AP-18: an expired session is still answered; the caller compares', async () => {
    const session = anySession({ expiresAt: epochSeconds(1) })
    await sound().open(session, anyAttempt(), event)
    expect(await sound().find(session)).toEqual(session)
  })

  test('AP-19: the first end stays', async () => {
    const session = anySession()
    await sound().open(session, anyAttempt(), event)
    await sound().end(session, now, event)
    await sound().end(session, epochSeconds(now + 5), event)
    expect(await sound().find(session)).toEqual({ ...session, endedAt: now })
  })

  test('AP-19: ending what never was leaves nothing', async () => {
    const session = anySession()
    await sound().end(session, now, event)
    expect(await sound().find(session)).toBeUndefined()
  })
}
