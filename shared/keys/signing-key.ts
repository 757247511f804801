import type { TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Custody } from '#shared/tenant/tenant.ts'

export type SigningAlgorithm = 'RS256'

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
