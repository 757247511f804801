import type { Group } from '#shared/directory/group.ts'
import type { GroupId } from '#shared/kernel/ids.ts'
import type { Groups } from '#shared/ports/repositories/groups.ts'
import { key, partition } from './keys.ts'
import { getItem, queryPartition } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { put, updateItem, writeTogether } from './writes.ts'

export const groupRecord = defineRecord<Omit<Group, 'tenant' | 'id'>>({
  name: 'group',
  version: 1,
  fields: { displayName: 'text', externalId: 'text?' },
})

export const groupNameRecord = defineRecord<{ readonly id: GroupId }>({
  name: 'group name',
  version: 1,
  fields: { id: 'text' },
})

export const membershipRecord = defineRecord<Pick<Group, 'displayName'>>({
  name: 'membership',
  version: 1,
  fields: { displayName: 'text' },
})

/** Puts the group and claims its name; a group keeps the name it was first saved under. */
async function saveGroup(table: Table, group: Group, event: unknown) {
  const nameKey = key.groupName(group.tenant, group.displayName)
  const item = { ...key.group(group.tenant, group.id), ...groupRecord.write(group), event }
  const refused = await writeTogether(table, [
    put(table, { ...item, nameKey: nameKey.pk }, 'attribute_not_exists(pk) OR nameKey = :nameKey', {
      nameKey: nameKey.pk,
    }),
    put(
      table,
      { ...nameKey, ...groupNameRecord.write({ id: group.id }) },
      'attribute_not_exists(pk) OR id = :id',
      { id: group.id },
    ),
  ])
  if (refused.includes(1)) return { kind: 'display-name-taken' } as const
  if (refused.length > 0) throw new Error('a group cannot be renamed by saving it')
  return { kind: 'saved' } as const
}

export function dynamoGroups(table: Table): Groups {
  return {
    async findByDisplayName(tenant, displayName) {
      const name = await getItem(table, key.groupName(tenant, displayName), 'strong')
      if (!name) return undefined
      const { id } = groupNameRecord.read(name)
      const item = await getItem(table, key.group(tenant, id), 'strong')
      return item && { tenant, id, ...groupRecord.read(item) }
    },
    save: (group, event) => saveGroup(table, group, event),
    async addMember(group, user, event) {
      await updateItem(table, key.membership(group.tenant, user, group.id), {
        update: 'SET v = :v, displayName = :displayName, event = :event',
        condition: 'attribute_not_exists(pk) OR displayName <> :displayName',
        values: { ...membershipRecord.write(group), event },
      })
    },
    async namesOf(tenant, user) {
      const edges = await queryPartition(table, partition.memberships(tenant, user), 'strong')
      return edges.map((edge) => membershipRecord.read(edge).displayName)
    },
  }
}
