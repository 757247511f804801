import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { SealingKey, SealingKind } from '#shared/keys/sealing-key.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import type { Custody } from '#shared/tenant/tenant.ts'

/** Makes keys whose secret half leaves this port only encrypted by KMS; the records are still to be stored. */
export interface KeyMaker {
  createSealingKey(kind: SealingKind): Promise<SealingKey>
  /** A pending key: a KMS key of its own for `kms`, a new wrapped pair for `kms-wrapped`. */
  createSigningKey(
    tenant: TenantId,
    algorithm: SigningAlgorithm,
    custody: Custody,
  ): Promise<SigningKey>
  /** Has KMS delete what it keeps of a key that signs no more; may be asked again. */
  discard(key: SigningKey): Promise<void>
}

/** What the declared key, an RSA key, can sign with. */
export type DeclaredAlgorithm = Extract<SigningAlgorithm, 'RS256' | 'PS256'>

/** The KMS key that the stack declares, so that the deployment's first tenant needs no other. */
export interface DeclaredKey {
  /** The key as a pending one of the tenant; one tenant at most can have it, for one algorithm. */
  adopt(tenant: TenantId, algorithm: DeclaredAlgorithm): Promise<SigningKey>
}
