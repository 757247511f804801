import { type FamilyId, trusted } from '#shared/kernel/ids.ts'
import type { RefreshFamily } from '#shared/oauth/token/refresh-family.ts'
import type { FamilyHandle, RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import { type Key, key, partition } from './keys.ts'
import { getItem, queryPartition } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Item, Table } from './table.ts'
import { putOnce, updateItem } from './writes.ts'

export const familyRecord = defineRecord<Omit<RefreshFamily, keyof FamilyHandle>>({
  name: 'refresh family',
  version: 1,
  fields: {
    client: 'text',
    scopes: 'list',
    sid: 'text',
    authTime: 'number',
    amr: 'list',
    acr: 'text?',
    resources: 'list?',
    authorizationDetails: 'list?',
    claims: 'map?',
    confirmation: 'map?',
    instance: 'text?',
    offline: 'flag',
    listensByDocument: 'flag?',
    generation: 'number',
    rotatedAt: 'number?',
    openedAt: 'number',
    expiresAt: 'number',
    revokedAt: 'number?',
  },
})

const keyOf = ({ tenant, user, id }: FamilyHandle): Key => key.family(tenant, user, id)

const familyOf = ({ tenant, user, id }: FamilyHandle, item: Item): RefreshFamily => ({
  tenant,
  user,
  id,
  ...familyRecord.read(item),
})

export function dynamoRefreshFamilies(table: Table): RefreshFamilies {
  return {
    async open(family, attempt, event) {
      const item = { ...keyOf(family), ...familyRecord.write(family), attempt, event }
      const present = await putOnce(table, item)
      return present ? { kind: 'replayed', family: familyOf(family, present) } : { kind: 'opened' }
    },
    async rotate(handle, { from, to }, attempt, event) {
      const isNew = to !== from
      const { kind, item } = await updateItem(table, keyOf(handle), {
        update: `SET generation = :to, attempt = :attempt, event = :event${isNew ? ', rotatedAt = :now' : ''}`,
        condition: 'generation = :from AND attribute_not_exists(revokedAt)',
        values: { from, to, attempt, event, ...(isNew && { now: event.time }) },
      })
      if (!item) return { kind: 'absent' }
      const isOurRetry = item.attempt === attempt && item['generation'] === to
      return {
        kind: kind === 'updated' || isOurRetry ? 'rotated' : 'replayed',
        family: familyOf(handle, item),
      }
    },
    async revoke(handle, now, event) {
      await updateItem(table, keyOf(handle), {
        update: 'SET revokedAt = :now, event = :event',
        condition: 'attribute_exists(pk) AND attribute_not_exists(revokedAt)',
        values: { now, event },
      })
    },
    async find(handle) {
      const item = await getItem(table, keyOf(handle), 'strong')
      return item && familyOf(handle, item)
    },
    async ofSession({ tenant, user, sid }) {
      const items = await queryPartition(table, partition.families(tenant, user), 'strong')
      return items
        .filter((item) => item['sid'] === sid)
        .map((item) => familyOf({ tenant, user, id: trusted<FamilyId>(String(item['sk'])) }, item))
    },
  }
}
