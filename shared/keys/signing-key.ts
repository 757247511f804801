import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Custody } from '#shared/tenant/tenant.ts'

/** pending -> active -> retiring -> retired: published before first use and until the last token expires. */
export type KeyState = 'pending' | 'active' | 'retiring' | 'retired'

interface SigningKeyFacts {
  readonly tenant: TenantId
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  readonly state: KeyState
  /** SubjectPublicKeyInfo, DER in base64. */
  readonly publicKey: string
  readonly createdAt: EpochSeconds
  /** When the key came into its state: was published, began to sign, was replaced. */
  readonly stateSince: EpochSeconds
}

/** A key pair whose private half is in KMS (`kms`) or stored only encrypted by KMS (`kms-wrapped`). */
export type SigningKey = SigningKeyFacts &
  (
    | {
        readonly custody: Extract<Custody, 'kms'>
        readonly keyArn: string
        /** The KMS key belongs to the stack, and is not ours to delete. */
        readonly isDeclared?: true
      }
    | { readonly custody: Extract<Custody, 'kms-wrapped'>; readonly wrappedPrivateKey: Uint8Array }
  )

/**
 * Where a key of the algorithm is kept when the tenant's are kept so.
 *
 * KMS signs with Ed25519 only messages of at most 4,096 bytes, and a token may be longer.
 */
export const custodyFor = (algorithm: SigningAlgorithm, custody: Custody): Custody =>
  algorithm === 'EdDSA' ? 'kms-wrapped' : custody
