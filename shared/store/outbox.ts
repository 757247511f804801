import { plus, seconds } from '#shared/kernel/time.ts'
import type { Outbox } from '#shared/ports/repositories/outbox.ts'
import { key } from './keys.ts'
import type { Table } from './table.ts'
import { putItem } from './writes.ts'

/** The stream holds a change for a day; a week leaves time to look when the worker stood still. */
const outboxLifetime = seconds(7 * 24 * 60 * 60)

export function dynamoOutbox(table: Table): Outbox {
  return {
    put: (tenant, event) =>
      putItem(table, {
        ...key.outbox(tenant, event.id),
        v: 1,
        event,
        expiresAt: plus(event.time, outboxLifetime),
      }),
  }
}
