import type { AuditEvent } from '#shared/audit/event.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { SealingKey, SealingKind } from '#shared/keys/sealing-key.ts'

export interface SealingKeys {
  /** AP-27: every key of the kind that is not retired, newest first; one query. */
  list(kind: SealingKind): Promise<readonly SealingKey[]>
  /** AP-28: put once. */
  create(key: SealingKey, event: AuditEvent): Promise<void>
  /** AP-33: the first stays; what is left is no key any more. */
  retire(key: SealingKey, now: EpochSeconds, event: AuditEvent): Promise<void>
}
