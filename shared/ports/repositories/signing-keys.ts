import type { AuditEvent } from '#shared/audit/event.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'

export type KeyCreation = { readonly kind: 'created' } | { readonly kind: 'key-taken' }

export interface SigningKeys {
  /** AP-25: every key of the tenant that is not retired; one query. */
  list(tenant: TenantId): Promise<readonly SigningKey[]>
  /** AP-26: put once; a KMS key that another issuer uses is `key-taken` (its marker is in the same transaction). */
  create(key: SigningKey, event: AuditEvent): Promise<KeyCreation>
}
