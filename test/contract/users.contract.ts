import { expect, test } from 'vitest'
import type { User } from '#shared/directory/user.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { Passwords } from '#shared/ports/repositories/passwords.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { anyEvent, anyTenantId, anyUser, anyUserId, now, passwordOf } from './support/samples.ts'
import { concurrently, countOf, type Subject } from './support/subject.ts'

const event = anyEvent({ activity: 'user-changed' })

const renamed = (user: User, userName: string): User => ({
  ...user,
  attributes: { ...user.attributes, userName },
  updatedAt: epochSeconds(user.updatedAt + 1),
})

export function usersContract(subject: Subject<Users>, passwords: () => Passwords): void {
  const { sound, losingAnAnswer } = subject
  savingUsers(sound, passwords)
  renamingUsers(sound)

  test('AP-07: of 50 concurrent claims of one userName exactly one is saved', async () => {
    const tenant = anyTenantId()
    const outcomes = await concurrently(50, () =>
      sound().save({ user: anyUser('Ada', { tenant }), event }),
    )
    expect(countOf(outcomes, 'saved')).toBe(1)
    expect(countOf(outcomes, 'user-name-taken')).toBe(49)
  })

  test('AP-07: a retry after a lost answer is success', async () => {
    const user = anyUser('ada')
    expect(await losingAnAnswer().save({ user, event })).toEqual({ kind: 'saved' })
    expect(await sound().find(user.tenant, user.id)).toEqual(user)
  })
}

function savingUsers(sound: () => Users, passwords: () => Passwords): void {
  test('AP-05, AP-06: a user that was never saved is absent', async () => {
    expect(await sound().find(anyTenantId(), anyUserId())).toBeUndefined()
    expect(await sound().findIdByUserName(anyTenantId(), 'ada')).toBeUndefined()
  })

  test('AP-07: a saved user is found by id and by userName, with its password', async () => {
    const user = anyUser('Ada@Example.com')
    const password = passwordOf(user)
    expect(await sound().save({ user, password, event })).toEqual({ kind: 'saved' })
    expect(await sound().find(user.tenant, user.id)).toEqual(user)
    expect(await sound().findIdByUserName(user.tenant, 'Ada@Example.com')).toBe(user.id)
    expect(await passwords().find(user.tenant, user.id)).toEqual(password)
  })

  test('AP-08: a user without a password has none', async () => {
    const user = anyUser('ada')
    await sound().save({ user, event })
    expect(await passwords().find(user.tenant, user.id)).toBeUndefined()
  })

  test.each([
    ['case', 'ADA'],
    ['compatible spellings', 'ａｄａ'],
  ])('rfc7643 section 4.1.1: userName is compared without regard to %s', async (_, spelling) => {
    const user = anyUser('ada')
    await sound().save({ user, event })
    expect(await sound().findIdByUserName(user.tenant, spelling)).toBe(user.id)
    const second = anyUser(spelling, { tenant: user.tenant })
    expect(await sound().save({ user: second, event })).toEqual({ kind: 'user-name-taken' })
    expect(await sound().find(user.tenant, second.id)).toBeUndefined()
  })

  test.each(['\ud800', '#', 'x'.repeat(10_000)])(
    'AP-06: whatever was typed can be looked up',
    async (typed) => {
      expect(await sound().findIdByUserName(anyTenantId(), typed)).toBeUndefined()
    },
  )
}

function renamingUsers(sound: () => Users): void {
  test('AP-07: a new userName moves the lookup, and the old name is free again', async () => {
    const user = anyUser('ada')
    const { tenant } = user
    await sound().save({ user, event })
    const change = { user: renamed(user, 'countess'), previous: user, event }
    expect(await sound().save(change)).toEqual({ kind: 'saved' })
    expect(await sound().findIdByUserName(tenant, 'ada')).toBeUndefined()
    expect(await sound().findIdByUserName(tenant, 'countess')).toBe(user.id)
    expect(await sound().save({ user: anyUser('ada', { tenant }), event })).toEqual({
      kind: 'saved',
    })
  })

  test('AP-07: a taken userName changes nothing', async () => {
    const [ada, bob] = [anyUser('ada'), anyUser('bob')]
    await sound().save({ user: ada, event })
    await sound().save({ user: { ...bob, tenant: ada.tenant }, event })
    const change = { user: renamed(ada, 'bob'), previous: ada, event }
    expect(await sound().save(change)).toEqual({ kind: 'user-name-taken' })
    expect(await sound().find(ada.tenant, ada.id)).toEqual(ada)
    expect(await sound().findIdByUserName(ada.tenant, 'ada')).toBe(ada.id)
  })

  test('AP-07: a userName that only changes its case keeps its lookup', async () => {
    const user = anyUser('ada')
    await sound().save({ user, event })
    expect(await sound().save({ user: renamed(user, 'Ada'), previous: user, event })).toEqual({
      kind: 'saved',
    })
    expect(await sound().findIdByUserName(user.tenant, 'ada')).toBe(user.id)
  })

  test('AP-07: a change of an outdated record is refused and leaves no lookup behind', async () => {
    const user = anyUser('ada', { updatedAt: now })
    await sound().save({ user, event })
    await sound().save({ user: renamed(user, 'first'), previous: user, event })
    const outdated = sound().save({ user: renamed(user, 'second'), previous: user, event })
    await expect(outdated).rejects.toSatisfy(
      (error) => error instanceof StoreUnavailable && error.committed === 'no',
    )
    expect(await sound().findIdByUserName(user.tenant, 'second')).toBeUndefined()
    expect(await sound().findIdByUserName(user.tenant, 'first')).toBe(user.id)
  })
}
