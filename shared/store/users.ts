import type { User } from '#shared/directory/user.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { key } from './keys.ts'
import { passwordItem } from './passwords.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { absent, put, remove, type TogetherWrite, writeTogether } from './writes.ts'

type Change = Parameters<Users['save']>[0]

export const userRecord = defineRecord<Omit<User, 'tenant' | 'id'>>({
  name: 'user',
  version: 1,
  fields: {
    attributes: 'map',
    emailVerified: 'flag',
    updatedAt: 'number',
    validAfter: 'number',
  },
})

export const userNameRecord = defineRecord<{ readonly id: UserId }>({
  name: 'userName',
  version: 1,
  fields: { id: 'text' },
})

const nameKey = (user: User) => key.userName(user.tenant, user.attributes.userName)

/** The put of the user itself: a new one, or exactly the successor of the record it was made from. */
function putUser(table: Table, { user, previous, event }: Change): TogetherWrite {
  const item = { ...key.user(user.tenant, user.id), ...userRecord.write(user), event }
  if (!previous) return put(table, item, absent)
  return put(table, item, 'updatedAt = :updatedAt AND attributes.userName = :userName', {
    updatedAt: previous.updatedAt,
    userName: previous.attributes.userName,
  })
}

/** The new lookup, and the end of the old one; nothing when the name stays the same but for its case. */
function moveUserName(table: Table, { user, previous }: Change): TogetherWrite[] {
  const [from, to] = [previous && nameKey(previous), nameKey(user)]
  if (from?.pk === to.pk) return []
  const claim = put(table, { ...to, ...userNameRecord.write({ id: user.id }) }, absent)
  return from ? [claim, remove(table, from, 'id = :id', { id: user.id })] : [claim]
}

export function dynamoUsers(table: Table): Users {
  return {
    async find(tenant, id) {
      const item = await getItem(table, key.user(tenant, id), 'strong')
      return item && { tenant, id, ...userRecord.read(item) }
    },
    async findIdByUserName(tenant, userName) {
      const item = await getItem(table, key.userName(tenant, userName), 'strong')
      return item && userNameRecord.read(item).id
    },
    async save(change) {
      const names = moveUserName(table, change)
      const passwords = change.password ? [put(table, passwordItem(change.password))] : []
      const writes = [putUser(table, change), ...names, ...passwords]
      const refused = await writeTogether(table, writes)
      if (refused.length === 0) return { kind: 'saved' }
      if (refused.includes(0)) {
        throw new StoreUnavailable('no', new Error('the user has been changed since it was read'))
      }
      return { kind: 'user-name-taken' }
    },
  }
}
