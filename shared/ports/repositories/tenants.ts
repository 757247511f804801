import type { AuditEvent } from '#shared/audit/event.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

export interface Tenants {
  /** AP-01: one read, eventually consistent. */
  find(id: TenantId): Promise<Tenant | undefined>
  /** AP-02: put, replacing the earlier record. */
  save(tenant: Tenant, event: AuditEvent): Promise<void>
}
