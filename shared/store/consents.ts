import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Consents } from '#shared/ports/repositories/consents.ts'
import { key } from './keys.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { updateItem } from './writes.ts'

/** DynamoDB adds to a set atomically, but keeps no empty one. */
export interface StoredConsent {
  readonly scopes?: ReadonlySet<string>
  readonly grantedAt: EpochSeconds
}

export const consentRecord = defineRecord<StoredConsent>({
  name: 'consent',
  version: 1,
  fields: { scopes: 'set?', grantedAt: 'number' },
})

export function dynamoConsents(table: Table): Consents {
  return {
    async find(tenant, user, client) {
      const item = await getItem(table, key.consent(tenant, user, client), 'strong')
      if (!item) return undefined
      const { scopes = [], grantedAt } = consentRecord.read(item)
      return { tenant, user, client, scopes: [...scopes].sort(), grantedAt }
    },
    async grant({ tenant, user, client, scopes, grantedAt }, event) {
      const added = scopes.length > 0 ? { scopes: new Set(scopes) } : {}
      await updateItem(table, key.consent(tenant, user, client), {
        update: `SET v = :v, grantedAt = :grantedAt, event = :event${added.scopes ? ' ADD scopes :scopes' : ''}`,
        values: { ...consentRecord.write({ ...added, grantedAt }), event },
      })
    },
  }
}
