import type { AuditEvent } from '#shared/audit/event.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { ResourceServer } from '#shared/oauth/token/resource-server.ts'

export interface ResourceServers {
  /** AP-40: one strongly consistent read: who may introspect counts at once. @param identifier unverified */
  find(tenant: TenantId, identifier: string): Promise<ResourceServer | undefined>
  /** AP-41: put, replacing the earlier record. */
  save(resource: ResourceServer, event: AuditEvent): Promise<void>
}
