import { expect, test } from 'vitest'
import { epochSeconds } from '#shared/kernel/time.ts'
import { systemRandom } from '#shared/node/random.ts'
import type { FailedPasswords } from '#shared/ports/repositories/failed-passwords.ts'
import { anyEvent, anyTenantId, later, now } from './support/samples.ts'
import { concurrently, type Subject } from './support/subject.ts'

const anyEventOf = () => anyEvent({ activity: 'sign-in-failed' })
const window = { now, endsAt: later }
const next = { now: later, endsAt: epochSeconds(later + 3600) }

const anyKeys = () => ({ account: systemRandom.token(), address: systemRandom.token() })

export function failedPasswordsContract(subject: Subject<FailedPasswords>): void {
  const { sound, losingAnAnswer } = subject

  test('AP-22: nothing has failed at first', async () => {
    expect(await sound().count(anyTenantId(), anyKeys(), now)).toEqual({ account: 0, address: 0 })
  })

  test('AP-23: a failure counts for the account and for the address', async () => {
    const [tenant, keys] = [anyTenantId(), anyKeys()]
    await sound().add(tenant, keys, window, anyEventOf())
    await sound().add(tenant, { ...keys, account: 'other' }, window, anyEventOf())
    expect(await sound().count(tenant, keys, now)).toEqual({ account: 1, address: 2 })
    expect(await sound().count(anyTenantId(), keys, now)).toEqual({ account: 0, address: 0 })
  })

  test('AP-23: of 50 concurrent failures every one counts', async () => {
    const [tenant, keys] = [anyTenantId(), anyKeys()]
    await concurrently(50, () => sound().add(tenant, keys, window, anyEventOf()))
    expect(await sound().count(tenant, keys, now)).toEqual({ account: 50, address: 50 })
  })

  test('AP-22: a window that has ended counts nothing', async () => {
    const [tenant, keys] = [anyTenantId(), anyKeys()]
    await sound().add(tenant, keys, window, anyEventOf())
    expect(await sound().count(tenant, keys, later)).toEqual({ account: 0, address: 0 })
  })

  test('AP-23: after the window the counters begin anew, however many begin at once', async () => {
    const [tenant, keys] = [anyTenantId(), anyKeys()]
    await concurrently(3, () => sound().add(tenant, keys, window, anyEventOf()))
    await concurrently(20, () => sound().add(tenant, keys, next, anyEventOf()))
    expect(await sound().count(tenant, keys, next.now)).toEqual({ account: 20, address: 20 })
  })

  test('AP-23: the window does not move with later failures', async () => {
    const [tenant, keys] = [anyTenantId(), anyKeys()]
    await sound().add(tenant, keys, window, anyEventOf())
    const inside = { now: epochSeconds(later - 1), endsAt: next.endsAt }
    await sound().add(tenant, keys, inside, anyEventOf())
    expect(await sound().count(tenant, keys, inside.now)).toEqual({ account: 2, address: 2 })
    expect(await sound().count(tenant, keys, later)).toEqual({ account: 0, address: 0 })
  })

  test('AP-23: a retry after a lost answer counts once', async () => {
    const [tenant, keys] = [anyTenantId(), anyKeys()]
    await losingAnAnswer().add(tenant, keys, window, anyEventOf())
    await losingAnAnswer().add(tenant, keys, window, anyEventOf())
    expect(await sound().count(tenant, keys, now)).toEqual({ account: 2, address: 2 })
  })
}
