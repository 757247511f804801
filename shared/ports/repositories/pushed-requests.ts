import type { AuditEvent } from '#shared/audit/event.ts'
import type { AttemptId, TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { PushedRequest } from '#shared/oauth/authorization/pushed-request.ts'

export interface PushedRequests {
  /** AP-80: put once. */
  push(request: PushedRequest, attempt: AttemptId, event: AuditEvent): Promise<void>
  /** AP-81: one strongly consistent read. */
  find(tenant: TenantId, referenceHash: string): Promise<PushedRequest | undefined>
  /** AP-82: the one use of a request; answers `used` when there was one before. */
  use(
    request: PushedRequest,
    now: EpochSeconds,
    attempt: AttemptId,
    event: AuditEvent,
  ): Promise<'fresh' | 'used'>
}
