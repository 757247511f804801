import { expect, test } from 'vitest'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Session } from '#shared/session/session.ts'
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
    await expect(
      sound().open({ ...session, authTime: epochSeconds(1) }, anyAttempt(), event),
    ).rejects.toThrow()
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

  test('AP-61: the sessions of one user are found, those that have ended too, and no other', async () => {
    const [one, other] = [anySession(), anySession()]
    const { tenant, user } = one
    const two = { ...anySession(), tenant, user }
    const opened = [one, two, { ...other, tenant }, { ...other, user }]
    for (const session of opened) await sound().open(session, anyAttempt(), event)
    await sound().end(two, now, event)
    const found = await sound().ofUser(tenant, user)
    expect(found).toHaveLength(2)
    expect(found).toEqual(expect.arrayContaining([one, { ...two, endedAt: now }]))
    expect(await sound().ofUser(anySession().tenant, user)).toEqual([])
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

  test('AP-35: a renewed session keeps its id under a new secret', async () => {
    const session = anySession()
    await sound().open(session, anyAttempt(), event)
    const renewed = { ...anySession(), ...handleOf(session), authTime: epochSeconds(now + 5) }
    expect(await sound().renew(renewed, session.secretHash, anyAttempt(), event)).toBe('renewed')
    expect(await sound().find(session)).toEqual(renewed)
  })

  test('AP-35: of 50 concurrent renewals exactly one succeeds', async () => {
    const session = anySession()
    await sound().open(session, anyAttempt(), event)
    const renew = () => {
      const renewed = { ...anySession(), ...handleOf(session) }
      return sound().renew(renewed, session.secretHash, anyAttempt(), event)
    }
    const outcomes = await Promise.all(Array.from({ length: 50 }, renew))
    expect(outcomes.filter((outcome) => outcome === 'renewed')).toHaveLength(1)
  })

  test('AP-35: what has ended is not brought back to life', async () => {
    const session = anySession()
    await sound().open(session, anyAttempt(), event)
    await sound().end(session, now, event)
    const renewed = { ...anySession(), ...handleOf(session) }
    expect(await sound().renew(renewed, session.secretHash, anyAttempt(), event)).toBe('gone')
    expect(await sound().find(session)).toEqual({ ...session, endedAt: now })
  })

  test('AP-35: a retry after a lost answer is success', async () => {
    const session = anySession()
    await sound().open(session, anyAttempt(), event)
    const renewed = { ...anySession(), ...handleOf(session) }
    expect(await losingAnAnswer().renew(renewed, session.secretHash, anyAttempt(), event)).toBe(
      'renewed',
    )
  })
}

const handleOf = ({ tenant, user, sid }: Session) => ({ tenant, user, sid })
