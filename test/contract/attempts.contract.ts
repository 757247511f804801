import { expect, test } from 'vitest'
import { epochSeconds } from '#shared/kernel/time.ts'
import { systemRandom } from '#shared/node/random.ts'
import type { Attempts } from '#shared/ports/repositories/attempts.ts'
import { anyEvent, anyTenantId, later, now } from './support/samples.ts'
import { concurrently, type Subject } from './support/subject.ts'

const window = { now, endsAt: later }

export function attemptsContract(subject: Subject<Attempts>): void {
  const { sound, losingAnAnswer } = subject
  const event = () => anyEvent({ activity: 'user-code-failed' })

  test('AP-74: attempts are counted by key and by tenant, in the order of the keys', async () => {
    const [tenant, one, other] = [anyTenantId(), systemRandom.token(), systemRandom.token()]
    expect(await sound().add(tenant, [one, other], window, event())).toEqual([1, 1])
    expect(await sound().add(tenant, [other], window, event())).toEqual([2])
    expect(await sound().count(tenant, [one, other], now)).toEqual([1, 2])
    expect(await sound().count(tenant, [other, systemRandom.token()], now)).toEqual([2, 0])
    expect(await sound().count(anyTenantId(), [one, other], now)).toEqual([0, 0])
  })

  test('AP-75: of 50 concurrent attempts every one counts, and each is told another number', async () => {
    const [tenant, key] = [anyTenantId(), systemRandom.token()]
    const counts = await concurrently(50, () => sound().add(tenant, [key], window, event()))
    expect(new Set(counts.flat()).size).toBe(50)
  })

  test('AP-75: after the window the counter begins anew', async () => {
    const [tenant, key] = [anyTenantId(), systemRandom.token()]
    await sound().add(tenant, [key], window, event())
    expect(await sound().count(tenant, [key], later)).toEqual([0])
    const next = { now: later, endsAt: epochSeconds(later + 900) }
    expect(await sound().add(tenant, [key], next, event())).toEqual([1])
  })

  test('AP-75: a retry after a lost answer counts once', async () => {
    const [tenant, key] = [anyTenantId(), systemRandom.token()]
    await losingAnAnswer().add(tenant, [key], window, event())
    expect(await sound().count(tenant, [key], now)).toEqual([1])
  })
}
