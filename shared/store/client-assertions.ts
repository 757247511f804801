import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { ClientAssertions } from '#shared/ports/repositories/client-assertions.ts'
import { key } from './keys.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putOnce } from './writes.ts'

export const clientAssertionRecord = defineRecord<{ readonly expiresAt: EpochSeconds }>({
  name: 'client assertion',
  version: 1,
  fields: { expiresAt: 'number' },
})

export function dynamoClientAssertions(table: Table): ClientAssertions {
  return {
    async use(tenant, client, jti, expiresAt, attempt) {
      const at = key.clientAssertion(tenant, client, sha256Base64url(jti))
      const marker = { ...at, ...clientAssertionRecord.write({ expiresAt }), attempt }
      return (await putOnce(table, marker)) ? 'used' : 'fresh'
    },
  }
}
