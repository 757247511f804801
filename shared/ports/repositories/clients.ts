import type { AuditEvent } from '#shared/audit/event.ts'
import type { ClientId, TenantId } from '#shared/kernel/ids.ts'
import type { Client } from '#shared/oauth/client/client.ts'

export interface Clients {
  /** AP-03: one strongly consistent read, for `validAfter` and revoked credentials count at once. */
  find(tenant: TenantId, id: ClientId): Promise<Client | undefined>
  /** AP-04: put, replacing the earlier record. */
  save(client: Client, event: AuditEvent): Promise<void>
}
