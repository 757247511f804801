import type { LongCode } from '#shared/oauth/token/long-code.ts'
import type { LongCodes } from '#shared/ports/repositories/long-codes.ts'
import { key } from './keys.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putOnce } from './writes.ts'

export const longCodeRecord = defineRecord<Omit<LongCode, 'tenant' | 'jti'>>({
  name: 'long code',
  version: 1,
  fields: {
    authorizationDetails: 'list?',
    claims: 'map?',
    nonce: 'text?',
    resources: 'list?',
    expiresAt: 'number',
  },
})

export function dynamoLongCodes(table: Table): LongCodes {
  return {
    async keep(code, attempt, event) {
      const at = key.longCode(code.tenant, code.jti)
      await putOnce(table, { ...at, ...longCodeRecord.write(code), attempt, event })
    },
    async find(tenant, jti) {
      const item = await getItem(table, key.longCode(tenant, jti), 'strong')
      return item && { tenant, jti, ...longCodeRecord.read(item) }
    },
  }
}
