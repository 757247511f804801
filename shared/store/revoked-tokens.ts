import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { RevokedTokens } from '#shared/ports/repositories/revoked-tokens.ts'
import { key } from './keys.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putOnce } from './writes.ts'

export const revokedTokenRecord = defineRecord<{ readonly expiresAt: EpochSeconds }>({
  name: 'revoked token',
  version: 1,
  fields: { expiresAt: 'number' },
})

export function dynamoRevokedTokens(table: Table): RevokedTokens {
  return {
    async add(tenant, jti, expiresAt, attempt, event) {
      const item = { ...key.revokedToken(tenant, jti), ...revokedTokenRecord.write({ expiresAt }) }
      await putOnce(table, { ...item, attempt, event })
    },
    async has(tenant, jti) {
      return (await getItem(table, key.revokedToken(tenant, jti), 'strong')) !== undefined
    },
  }
}
