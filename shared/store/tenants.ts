import type { Tenants } from '#shared/ports/repositories/tenants.ts'
import type { Tenant, TenantSettings } from '#shared/tenant/tenant.ts'
import { key } from './keys.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putItem } from './writes.ts'

type Stored = Omit<Tenant, 'id' | 'settings'> & {
  readonly settings: Omit<TenantSettings, 'signingAlgorithms'> &
    Partial<Pick<TenantSettings, 'signingAlgorithms'>>
}

export const tenantRecord = defineRecord<Stored>({
  name: 'tenant',
  version: 1,
  fields: { displayName: 'text', issuer: 'text', settings: 'map' },
})

/** A tenant that was stored before there was a choice signs with RS256. */
const withAlgorithms = (stored: Stored): Omit<Tenant, 'id'> => ({
  ...stored,
  settings: { signingAlgorithms: ['RS256'], ...stored.settings },
})

export function dynamoTenants(table: Table): Tenants {
  return {
    async find(id) {
      const item = await getItem(table, key.tenant(id), 'eventual')
      return item && { id, ...withAlgorithms(tenantRecord.read(item)) }
    },
    save: (tenant, event) =>
      putItem(table, { ...key.tenant(tenant.id), ...tenantRecord.write(tenant), event }),
  }
}
