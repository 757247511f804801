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
  readonly resourceScopes?: ReadonlySet<string>
  readonly grantedAt: EpochSeconds
}

export const consentRecord = defineRecord<StoredConsent>({
  name: 'consent',
  version: 1,
  fields: { scopes: 'set?', resourceScopes: 'set?', grantedAt: 'number' },
})

const nonEmpty = (name: 'scopes' | 'resourceScopes', members: readonly string[]) =>
  members.length > 0 ? { [name]: new Set(members) } : {}

export function dynamoConsents(table: Table): Consents {
  return {
    async find(tenant, user, client) {
      const item = await getItem(table, key.consent(tenant, user, client), 'strong')
      if (!item) return undefined
      const { scopes = [], resourceScopes = [], grantedAt } = consentRecord.read(item)
      const allowed = { scopes: [...scopes].sort(), resourceScopes: [...resourceScopes].sort() }
      return { tenant, user, client, ...allowed, grantedAt }
    },
    async grant({ tenant, user, client, scopes, resourceScopes, grantedAt }, event) {
      const added = { ...nonEmpty('scopes', scopes), ...nonEmpty('resourceScopes', resourceScopes) }
      const adding = Object.keys(added).map((name) => `${name} :${name}`)
      await updateItem(table, key.consent(tenant, user, client), {
        update: `SET v = :v, grantedAt = :grantedAt, event = :event${adding.length > 0 ? ` ADD ${adding}` : ''}`,
        values: { ...consentRecord.write({ ...added, grantedAt }), event },
      })
    },
  }
}
