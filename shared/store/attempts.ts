import type { Attempts } from '#shared/ports/repositories/attempts.ts'
import { addOne, countIn } from './counters.ts'
import { key } from './keys.ts'
import { getItems } from './reads.ts'
import type { Table } from './table.ts'
import { writeSideBySide } from './writes.ts'

export function dynamoAttempts(table: Table): Attempts {
  return {
    async count(tenant, keys, now) {
      const places = keys.map((hash) => key.attempts(tenant, hash))
      const items = await getItems(table, places)
      return places.map(({ pk }) =>
        countIn(
          items.find((item) => item['pk'] === pk),
          now,
        ),
      )
    },
    add: (tenant, keys, window, event) =>
      writeSideBySide(
        keys.map((hash) => addOne(table, key.attempts(tenant, hash), { window, event })),
      ),
  }
}
