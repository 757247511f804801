import type { AuditEvent } from '#shared/audit/event.ts'
import type { Consent } from '#shared/consent/consent.ts'
import type { ClientId, TenantId, UserId } from '#shared/kernel/ids.ts'

export interface Consents {
  /** AP-20: one strongly consistent read. */
  find(tenant: TenantId, user: UserId, client: ClientId): Promise<Consent | undefined>
  /** AP-21: adds to what was already granted, atomically. */
  grant(consent: Consent, event: AuditEvent): Promise<void>
}
