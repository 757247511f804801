import { plus, seconds } from '#shared/kernel/time.ts'
import type { SealingKey } from '#shared/keys/sealing-key.ts'
import type { SealingKeys } from '#shared/ports/repositories/sealing-keys.ts'
import { key, partition } from './keys.ts'
import { queryPartition } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putOnce, updateItem } from './writes.ts'

export const sealingKeyRecord = defineRecord<Omit<SealingKey, 'kind'>>({
  name: 'sealing key',
  version: 1,
  fields: { id: 'text', wrapped: 'bytes', createdAt: 'number' },
})

/** A retired key is remembered for a while, without its secret. */
const memoryOfRetired = seconds(400 * 24 * 60 * 60)

export function dynamoSealingKeys(table: Table): SealingKeys {
  return {
    async list(kind) {
      const items = await queryPartition(table, partition.sealingKeys(kind), 'strong')
      return items
        .filter(({ retiredAt }) => retiredAt === undefined)
        .map((item) => ({ kind, ...sealingKeyRecord.read(item) }))
        .sort((left, right) => right.createdAt - left.createdAt)
    },
    async create(sealingKey, event) {
      const at = key.sealingKey(sealingKey.kind, sealingKey.id)
      const item = { ...at, ...sealingKeyRecord.write(sealingKey), attempt: sealingKey.id, event }
      await putOnce(table, item)
    },
    async retire({ kind, id }, now, event) {
      await updateItem(table, key.sealingKey(kind, id), {
        update: 'SET retiredAt = :now, expiresAt = :expiresAt, event = :event REMOVE #wrapped',
        condition: 'attribute_exists(#wrapped)',
        names: { wrapped: 'wrapped' },
        values: { now, expiresAt: plus(now, memoryOfRetired), event },
      })
    },
  }
}
