import type { TenantId } from '#shared/kernel/ids.ts'
import type { SealingKey, SealingKind } from '#shared/keys/sealing-key.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import type { Custody } from '#shared/tenant/tenant.ts'

/** Makes keys whose secret half never exists outside KMS unencrypted; the records are still to be stored. */
export interface KeyMaker {
  createSealingKey(kind: SealingKind): Promise<SealingKey>
  /** An active key: the deployment's declared KMS key for `kms`, a new wrapped pair for `kms-wrapped`. */
  createSigningKey(tenant: TenantId, custody: Custody): Promise<SigningKey>
}
