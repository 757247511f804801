import type { AuditEvent } from '#shared/audit/event.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { KeyState, SigningKey } from '#shared/keys/signing-key.ts'

export type KeyCreation = { readonly kind: 'created' } | { readonly kind: 'key-taken' }

/** One key on its way from the state in which it was seen to the next. */
export interface KeyTransition {
  readonly key: SigningKey
  readonly to: KeyState
  readonly event: AuditEvent
}

/** `overtaken`: somebody else has moved one of the keys meanwhile, and nothing has changed. */
export type KeyMove = { readonly kind: 'moved' } | { readonly kind: 'overtaken' }

export interface SigningKeys {
  /** AP-25: every key of the tenant that is not retired; one query. */
  list(tenant: TenantId): Promise<readonly SigningKey[]>
  /**
   * AP-26: put once; a KMS key that another issuer uses is `key-taken` (its marker is in the same
   * transaction, and so is the tenant's appointment with the rotation).
   */
  create(key: SigningKey, event: AuditEvent): Promise<KeyCreation>
  /** AP-30: all or nothing, each from the state it was seen in; a retired key loses its private half. */
  move(transitions: readonly KeyTransition[], now: EpochSeconds): Promise<KeyMove>
  /** AP-31: the tenants whose keys have something to be done by now; one query a shard. */
  due(now: EpochSeconds): Promise<readonly TenantId[]>
  /** AP-32: put, replacing the tenant's earlier appointment. */
  appoint(tenant: TenantId, dueAt: EpochSeconds): Promise<void>
}
