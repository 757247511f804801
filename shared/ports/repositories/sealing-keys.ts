import type { SealingKey, SealingKind } from '#shared/keys/sealing-key.ts'

export interface SealingKeys {
  /** AP-27: every key of the kind, newest first; one query. */
  list(kind: SealingKind): Promise<readonly SealingKey[]>
  /** AP-28: put once. */
  create(key: SealingKey): Promise<void>
}
