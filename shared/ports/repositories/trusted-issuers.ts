import type { AuditEvent } from '#shared/audit/event.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { TrustedIssuer } from '#shared/oauth/trust/trusted-issuer.ts'

export interface TrustedIssuers {
  /** AP-96: one strongly consistent read: trust that is withdrawn ends at once. @param issuer unverified */
  find(tenant: TenantId, issuer: string): Promise<TrustedIssuer | undefined>
  /** AP-97: put, replacing the earlier record. */
  save(trusted: TrustedIssuer, event: AuditEvent): Promise<void>
}
