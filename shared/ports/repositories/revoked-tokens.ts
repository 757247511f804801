import type { AuditEvent } from '#shared/audit/event.ts'
import type { AttemptId, TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** The access tokens that are revoked each by itself, as long as they would have lived. */
export interface RevokedTokens {
  /** AP-42: bare put-once; the event of the first revocation stays. */
  add(
    tenant: TenantId,
    jti: string,
    expiresAt: EpochSeconds,
    attempt: AttemptId,
    event: AuditEvent,
  ): Promise<void>
  /** AP-43: one strongly consistent read. */
  has(tenant: TenantId, jti: string): Promise<boolean>
}
