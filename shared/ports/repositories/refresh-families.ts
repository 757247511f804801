import type { AuditEvent } from '#shared/audit/event.ts'
import type { AttemptId, FamilyId, Generation, TenantId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { RefreshFamily } from '#shared/oauth/token/refresh-family.ts'
import type { SessionHandle } from './sessions.ts'

export type Opening =
  | { readonly kind: 'opened' }
  | { readonly kind: 'replayed'; readonly family: RefreshFamily }

export type Rotation =
  | { readonly kind: 'rotated'; readonly family: RefreshFamily }
  | { readonly kind: 'replayed'; readonly family: RefreshFamily }
  | { readonly kind: 'absent' }

/** One use of the line: from the newest generation to the next, or to itself where the token stays. */
export interface Turn {
  readonly from: Generation
  readonly to: Generation
}

export interface FamilyHandle {
  readonly tenant: TenantId
  readonly user: UserId
  readonly id: FamilyId
}

/** Access patterns of the refresh family aggregate; one DynamoDB call each. */
export interface RefreshFamilies {
  /** AP-13: put once, keyed by the code's `jti`; of N concurrent calls exactly one sees `opened`. */
  open(family: RefreshFamily, attempt: AttemptId, event: AuditEvent): Promise<Opening>
  /** AP-14: compare-and-set on the generation; a revoked family or any other generation is `replayed`. */
  rotate(handle: FamilyHandle, turn: Turn, attempt: AttemptId, event: AuditEvent): Promise<Rotation>
  /** AP-15: marks the family revoked, once; the first revocation's moment and event stay. */
  revoke(handle: FamilyHandle, now: EpochSeconds, event: AuditEvent): Promise<void>
  /** AP-16: one strongly consistent read. */
  find(handle: FamilyHandle): Promise<RefreshFamily | undefined>
  /** AP-60: all families of the user are read, those that the session led to are answered. */
  ofSession(session: SessionHandle): Promise<readonly RefreshFamily[]>
}
