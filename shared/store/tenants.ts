import type { Tenants } from '#shared/ports/repositories/tenants.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { key } from './keys.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putItem } from './writes.ts'

export const tenantRecord = defineRecord<Omit<Tenant, 'id'>>({
  name: 'tenant',
  version: 1,
  fields: { displayName: 'text', issuer: 'text', settings: 'map' },
})

export function dynamoTenants(table: Table): Tenants {
  return {
    async find(id) {
      const item = await getItem(table, key.tenant(id), 'eventual')
      return item && { id, ...tenantRecord.read(item) }
    },
    save: (tenant, event) =>
      putItem(table, { ...key.tenant(tenant.id), ...tenantRecord.write(tenant), event }),
  }
}
