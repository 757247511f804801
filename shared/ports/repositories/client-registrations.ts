import type { AuditEvent } from '#shared/audit/event.ts'
import type { AttemptId, ClientId, TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Client } from '#shared/oauth/client/client.ts'

/** Clients that register, change and remove themselves. */
export interface ClientRegistrations {
  /** AP-90: put once; the id is new. */
  register(client: Client, attempt: AttemptId, event: AuditEvent): Promise<void>
  /** AP-91: put where the client is still there; answers `gone` when it is not. */
  replace(client: Client, attempt: AttemptId, event: AuditEvent): Promise<'replaced' | 'gone'>
  /** AP-92: leaves nothing of the client but that it was removed, and that for a while. */
  remove(
    tenant: TenantId,
    id: ClientId,
    now: EpochSeconds,
    attempt: AttemptId,
    event: AuditEvent,
  ): Promise<void>
}
