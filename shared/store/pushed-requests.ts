import type { PushedRequest } from '#shared/oauth/authorization/pushed-request.ts'
import type { PushedRequests } from '#shared/ports/repositories/pushed-requests.ts'
import { key } from './keys.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putOnce, updateItem } from './writes.ts'

export const pushedRequestRecord = defineRecord<Omit<PushedRequest, 'tenant' | 'referenceHash'>>({
  name: 'pushed request',
  version: 1,
  fields: {
    client: 'text',
    request: 'text',
    startsBefore: 'number',
    expiresAt: 'number',
    usedAt: 'number?',
  },
})

const keyOf = ({ tenant, referenceHash }: PushedRequest) => key.pushedRequest(tenant, referenceHash)

export function dynamoPushedRequests(table: Table): PushedRequests {
  return {
    async push(request, attempt, event) {
      const item = { ...keyOf(request), ...pushedRequestRecord.write(request), attempt, event }
      await putOnce(table, item)
    },
    async find(tenant, referenceHash) {
      const item = await getItem(table, key.pushedRequest(tenant, referenceHash), 'strong')
      return item && { tenant, referenceHash, ...pushedRequestRecord.read(item) }
    },
    async use(request, now, attempt, event) {
      const { kind, item } = await updateItem(table, keyOf(request), {
        update: 'SET usedAt = :now, attempt = :attempt, event = :event',
        condition: 'attribute_exists(pk) AND attribute_not_exists(usedAt)',
        values: { now, attempt, event },
      })
      return kind === 'updated' || item?.attempt === attempt ? 'fresh' : 'used'
    },
  }
}
