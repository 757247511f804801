import { expect, test } from 'vitest'
import type { Groups } from '#shared/ports/repositories/groups.ts'
import { anyEvent, anyGroup, anyTenantId, anyUserId } from './support/samples.ts'
import { concurrently, countOf, type Subject } from './support/subject.ts'

const event = anyEvent({ activity: 'group-changed' })

export function groupsContract({ sound, losingAnAnswer }: Subject<Groups>): void {
  test('AP-09: a group that was never saved is absent', async () => {
    expect(await sound().findByDisplayName(anyTenantId(), 'Staff')).toBeUndefined()
  })

  test('AP-09: a saved group is found by its displayName, compared without case', async () => {
    const group = anyGroup('Staff', { externalId: 'hr-1' })
    expect(await sound().save(group, event)).toEqual({ kind: 'saved' })
    expect(await sound().findByDisplayName(group.tenant, 'STAFF')).toEqual(group)
  })

  test('AP-10: saving a group again is no conflict with itself', async () => {
    const group = anyGroup('Staff')
    await sound().save(group, event)
    const changed = { ...group, displayName: 'STAFF', externalId: 'hr-2' }
    expect(await sound().save(changed, event)).toEqual({ kind: 'saved' })
    expect(await sound().findByDisplayName(group.tenant, 'staff')).toEqual(changed)
  })

  test('AP-10: a group cannot leave the lookup of an earlier name behind', async () => {
    const group = anyGroup('Staff')
    await sound().save(group, event)
    await expect(sound().save({ ...group, displayName: 'Crew' }, event)).rejects.toThrow('renamed')
    expect(await sound().findByDisplayName(group.tenant, 'Crew')).toBeUndefined()
  })

  test('AP-10: of 50 concurrent claims of one displayName exactly one is saved', async () => {
    const tenant = anyTenantId()
    const outcomes = await concurrently(50, () =>
      sound().save(anyGroup('Staff', { tenant }), event),
    )
    expect(countOf(outcomes, 'saved')).toBe(1)
    expect(countOf(outcomes, 'display-name-taken')).toBe(49)
  })

  test('AP-10: a retry after a lost answer is success', async () => {
    expect(await losingAnAnswer().save(anyGroup('Staff'), event)).toEqual({ kind: 'saved' })
  })

  test('AP-12: a user without groups has no names', async () => {
    expect(await sound().namesOf(anyTenantId(), anyUserId())).toEqual([])
  })

  test('AP-11: a member has the names of all its groups, each once', async () => {
    const user = anyUserId()
    const tenant = anyTenantId()
    const [staff, admins] = [anyGroup('Staff', { tenant }), anyGroup('Admins', { tenant })]
    for (const group of [staff, admins, staff]) await sound().addMember(group, user, event)
    expect([...(await sound().namesOf(tenant, user))].sort()).toEqual(['Admins', 'Staff'])
    expect(await sound().namesOf(anyTenantId(), user)).toEqual([])
  })
}
