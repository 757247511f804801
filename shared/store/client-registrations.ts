import { plus, seconds } from '#shared/kernel/time.ts'
import type { ClientRegistrations } from '#shared/ports/repositories/client-registrations.ts'
import { clientRecord } from './clients.ts'
import { key } from './keys.ts'
import type { Table } from './table.ts'
import { putOnce, putWhere } from './writes.ts'

/** As long as an event of the outbox, for the same reason. */
const markerLifetime = seconds(7 * 24 * 60 * 60)

const isThere = 'attribute_exists(pk) AND attribute_not_exists(removedAt)'

export function dynamoClientRegistrations(table: Table): ClientRegistrations {
  return {
    async register(client, attempt, event) {
      const at = key.client(client.tenant, client.id)
      await putOnce(table, { ...at, ...clientRecord.write(client), attempt, event })
    },
    async replace(client, attempt, event) {
      const at = key.client(client.tenant, client.id)
      const item = { ...at, ...clientRecord.write(client), attempt, event }
      return (await putWhere(table, item, isThere)) === 'put' ? 'replaced' : 'gone'
    },
    async remove(tenant, id, now, attempt, event) {
      const expiresAt = plus(now, markerLifetime)
      const item = { ...key.client(tenant, id), v: 1, removedAt: now, expiresAt, attempt, event }
      await putWhere(table, item, isThere)
    },
  }
}
