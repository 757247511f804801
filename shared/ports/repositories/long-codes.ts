import type { AuditEvent } from '#shared/audit/event.ts'
import type { AttemptId, FamilyId, TenantId } from '#shared/kernel/ids.ts'
import type { LongCode } from '#shared/oauth/token/long-code.ts'

export interface LongCodes {
  /** AP-85: put once. */
  keep(code: LongCode, attempt: AttemptId, event: AuditEvent): Promise<void>
  /** AP-86: one strongly consistent read. */
  find(tenant: TenantId, jti: FamilyId): Promise<LongCode | undefined>
}
