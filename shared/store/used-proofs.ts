import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { UsedProofs } from '#shared/ports/repositories/used-proofs.ts'
import { key } from './keys.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putOnce } from './writes.ts'

export const usedProofRecord = defineRecord<{ readonly expiresAt: EpochSeconds }>({
  name: 'used proof',
  version: 1,
  fields: { expiresAt: 'number' },
})

export function dynamoUsedProofs(table: Table): UsedProofs {
  return {
    async use(tenant, jkt, jti, expiresAt, attempt) {
      const at = key.usedProof(tenant, jkt, sha256Base64url(jti))
      const marker = { ...at, ...usedProofRecord.write({ expiresAt }), attempt }
      return (await putOnce(table, marker)) ? 'used' : 'fresh'
    },
  }
}
