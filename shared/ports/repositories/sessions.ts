import type { AuditEvent } from '#shared/audit/event.ts'
import type { AttemptId, SessionHash, SessionId, TenantId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Session } from '#shared/session/session.ts'

export interface SessionHandle {
  readonly tenant: TenantId
  readonly user: UserId
  readonly sid: SessionId
}

export interface Sessions {
  /** AP-17: put once; the SDK's own retry of the same attempt is success. Stays within one write unit. */
  open(session: Session, attempt: AttemptId, event: AuditEvent): Promise<void>
  /** AP-18: one strongly consistent read; an ended or expired session is still answered. */
  find(handle: SessionHandle): Promise<Session | undefined>
  /** AP-61: those of one user that are still stored, in any state; one strongly consistent query. */
  ofUser(tenant: TenantId, user: UserId): Promise<readonly Session[]>
  /** AP-19: leaves a tombstone until the session would have expired; ending twice changes nothing. */
  end(handle: SessionHandle, now: EpochSeconds, event: AuditEvent): Promise<void>
  /** AP-35: compare-and-set on the secret; `gone` when the session has ended or has been renewed before. */
  renew(
    session: Session,
    replaced: SessionHash,
    attempt: AttemptId,
    event: AuditEvent,
  ): Promise<'renewed' | 'gone'>
}
