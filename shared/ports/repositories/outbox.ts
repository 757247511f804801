import type { AuditEvent } from '#shared/audit/event.ts'
import type { TenantId } from '#shared/kernel/ids.ts'

/** Events of what writes nothing else. */
export interface Outbox {
  /** AP-29: one put, with a TTL. */
  put(tenant: TenantId, event: AuditEvent): Promise<void>
}
