import { expect, test } from 'vitest'
import { type Generation, trusted } from '#shared/kernel/ids.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import { anyAttempt, anyEvent, anyFamily, now } from './support/samples.ts'
import { concurrently, countOf, type Subject } from './support/subject.ts'

const event = anyEvent({ activity: 'code-redeemed' })
const generation = (value: number) => trusted<Generation>(value)

/** The turn that a token of the generation asks for. */
const turn = (from: number, to = from + 1) => ({ from: generation(from), to: generation(to) })

export function refreshFamiliesContract(subject: Subject<RefreshFamilies>): void {
  familiesOfSessions(subject)
  openingFamilies(subject)
  rotatingFamilies(subject)
  revokingFamilies(subject)
}

function openingFamilies({ sound, losingAnAnswer }: Subject<RefreshFamilies>): void {
  test('AP-13: an opened family is found as it was opened', async () => {
    const family = anyFamily()
    expect(await sound().open(family, anyAttempt(), event)).toEqual({ kind: 'opened' })
    expect(await sound().find(family)).toEqual(family)
  })

  test('rfc6749 section 4.1.2: of 50 concurrent openings exactly one is opened', async () => {
    const family = anyFamily()
    const outcomes = await concurrently(50, () => sound().open(family, anyAttempt(), event))
    expect(countOf(outcomes, 'opened')).toBe(1)
    expect(countOf(outcomes, 'replayed')).toBe(49)
  })

  test('AP-13: a replay is told which family it met, expired or not', async () => {
    const family = anyFamily({ expiresAt: epochSeconds(1) })
    await sound().open(family, anyAttempt(), event)
    const again = { ...family, generation: generation(7) }
    expect(await sound().open(again, anyAttempt(), event)).toEqual({ kind: 'replayed', family })
  })

  test('AP-13: a retry after a lost answer is success, and later openings are replays', async () => {
    const family = anyFamily()
    expect(await losingAnAnswer().open(family, anyAttempt(), event)).toEqual({ kind: 'opened' })
    expect((await sound().open(family, anyAttempt(), event)).kind).toBe('replayed')
  })
}

function rotatingFamilies({ sound, losingAnAnswer }: Subject<RefreshFamilies>): void {
  test('AP-14: a rotation answers the family with the next generation', async () => {
    const family = anyFamily()
    await sound().open(family, anyAttempt(), event)
    const rotation = await sound().rotate(family, turn(0), anyAttempt(), event)
    expect(rotation).toEqual({
      kind: 'rotated',
      family: { ...family, generation: 1, rotatedAt: now },
    })
  })

  test('rfc9700 section 4.14.2: of 50 concurrent rotations exactly one is rotated', async () => {
    const family = anyFamily()
    await sound().open(family, anyAttempt(), event)
    const outcomes = await concurrently(50, () =>
      sound().rotate(family, turn(0), anyAttempt(), event),
    )
    expect(countOf(outcomes, 'rotated')).toBe(1)
    expect(countOf(outcomes, 'replayed')).toBe(49)
    expect((await sound().find(family))?.generation).toBe(1)
  })

  test('AP-14: a retry after a lost answer is success, once', async () => {
    const family = anyFamily()
    await sound().open(family, anyAttempt(), event)
    const rotation = await losingAnAnswer().rotate(family, turn(0), anyAttempt(), event)
    expect(rotation).toEqual({
      kind: 'rotated',
      family: { ...family, generation: 1, rotatedAt: now },
    })
    const replay = await sound().rotate(family, turn(0), anyAttempt(), event)
    expect(replay).toEqual({
      kind: 'replayed',
      family: { ...family, generation: 1, rotatedAt: now },
    })
  })

  test.each([
    ['an older', 0],
    ['a future', 2],
  ])('AP-14: %s generation is a replay', async (_, presented) => {
    const family = anyFamily({ generation: generation(1) })
    await sound().open(family, anyAttempt(), event)
    const attempt = anyAttempt()
    const rotation = await sound().rotate(family, turn(presented), attempt, event)
    expect(rotation).toEqual({ kind: 'replayed', family })
  })

  test('AP-14: an attempt that opened the family does not make its rotation a retry', async () => {
    const attempt = anyAttempt()
    const family = anyFamily({ generation: generation(1) })
    await sound().open(family, attempt, event)
    expect((await sound().rotate(family, turn(5), attempt, event)).kind).toBe('replayed')
  })

  test('AP-14: a turn that keeps the generation leaves all as it is, in both worlds', async () => {
    const family = anyFamily()
    await sound().open(family, anyAttempt(), event)
    for (const families of [sound(), losingAnAnswer()]) {
      const kept = await families.rotate(family, turn(0, 0), anyAttempt(), event)
      expect(kept).toEqual({ kind: 'rotated', family })
    }
  })

  test('AP-14: a revoked family or another generation cannot be kept either', async () => {
    const family = anyFamily({ generation: generation(1) })
    await sound().open(family, anyAttempt(), event)
    const earlier = await sound().rotate(family, turn(0, 0), anyAttempt(), event)
    expect(earlier.kind).toBe('replayed')
    await sound().revoke(family, now, event)
    const revoked = await sound().rotate(family, turn(1, 1), anyAttempt(), event)
    expect(revoked.kind).toBe('replayed')
  })

  test('AP-14: a family that never was is absent', async () => {
    const rotation = await sound().rotate(anyFamily(), turn(0), anyAttempt(), event)
    expect(rotation).toEqual({ kind: 'absent' })
  })
}

function revokingFamilies({ sound }: Subject<RefreshFamilies>): void {
  test('AP-15: the first revocation stays', async () => {
    const family = anyFamily()
    await sound().open(family, anyAttempt(), event)
    await sound().revoke(family, now, event)
    await sound().revoke(family, epochSeconds(now + 5), event)
    expect(await sound().find(family)).toEqual({ ...family, revokedAt: now })
  })

  test('AP-14: a revoked family does not rotate', async () => {
    const family = anyFamily()
    await sound().open(family, anyAttempt(), event)
    await sound().revoke(family, now, event)
    const rotation = await sound().rotate(family, turn(0), anyAttempt(), event)
    expect(rotation).toEqual({ kind: 'replayed', family: { ...family, revokedAt: now } })
  })

  test('AP-15: revoking what never was leaves the code unused', async () => {
    const family = anyFamily()
    await sound().revoke(family, now, event)
    expect(await sound().find(family)).toBeUndefined()
    expect(await sound().open(family, anyAttempt(), event)).toEqual({ kind: 'opened' })
  })
}

function familiesOfSessions({ sound }: Subject<RefreshFamilies>): void {
  test('AP-60: the families of a session are those of its user and its sid, revoked or not', async () => {
    const first = anyFamily()
    const { tenant, user, sid } = first
    const second = anyFamily({ tenant, user, sid })
    const others = [
      anyFamily({ tenant, user }),
      anyFamily({ tenant, sid }),
      anyFamily({ user, sid }),
    ]
    for (const family of [first, second, ...others]) {
      await sound().open(family, anyAttempt(), event)
    }
    await sound().revoke(second, now, event)
    const found = await sound().ofSession({ tenant, user, sid })
    expect(found).toHaveLength(2)
    expect(found).toEqual(expect.arrayContaining([first, { ...second, revokedAt: now }]))
  })

  test('AP-60: a session that led to nothing has none', async () => {
    const { tenant, user, sid } = anyFamily()
    expect(await sound().ofSession({ tenant, user, sid })).toEqual([])
  })
}
