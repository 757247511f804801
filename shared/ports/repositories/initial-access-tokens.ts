import type { AuditEvent } from '#shared/audit/event.ts'
import type { AttemptId, TenantId } from '#shared/kernel/ids.ts'
import type { InitialAccessToken } from '#shared/oauth/registration/initial-access-token.ts'

export interface InitialAccessTokens {
  /** AP-93: one strongly consistent read: one that is used up or withdrawn counts at once. */
  find(tenant: TenantId, tokenHash: string): Promise<InitialAccessToken | undefined>
  /** AP-94: put, replacing the earlier record. */
  save(token: InitialAccessToken, event: AuditEvent): Promise<void>
  /** AP-95: counts one use, unless there were as many as are allowed. */
  use(
    token: InitialAccessToken,
    attempt: AttemptId,
    event: AuditEvent,
  ): Promise<'used' | 'exhausted'>
}
