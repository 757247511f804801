import type { SealingKey } from '#shared/keys/sealing-key.ts'
import type { SealingKeys } from '#shared/ports/repositories/sealing-keys.ts'
import { key, partition } from './keys.ts'
import { queryPartition } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putOnce } from './writes.ts'

export const sealingKeyRecord = defineRecord<Omit<SealingKey, 'kind'>>({
  name: 'sealing key',
  version: 1,
  fields: { id: 'text', wrapped: 'bytes', createdAt: 'number' },
})

export function dynamoSealingKeys(table: Table): SealingKeys {
  return {
    async list(kind) {
      const items = await queryPartition(table, partition.sealingKeys(kind), 'strong')
      return items
        .map((item) => ({ kind, ...sealingKeyRecord.read(item) }))
        .sort((left, right) => right.createdAt - left.createdAt)
    },
    async create(sealingKey) {
      const at = key.sealingKey(sealingKey.kind, sealingKey.id)
      const item = { ...at, ...sealingKeyRecord.write(sealingKey), attempt: sealingKey.id }
      await putOnce(table, item)
    },
  }
}
