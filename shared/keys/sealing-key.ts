import type { EpochSeconds } from '#shared/kernel/time.ts'

/** What a sealing key protects; a role may open only the kinds its function needs. */
export type SealingKind =
  | 'code'
  | 'interaction'
  | 'refresh'
  | 'handle'
  | 'nonce'
  | 'access'
  | 'pairwise'

export const sealingKinds: readonly SealingKind[] = [
  'code',
  'interaction',
  'refresh',
  'handle',
  'nonce',
  'access',
  'pairwise',
]

/** A 256-bit data key, stored only encrypted by KMS under the context `{ kind, id }`. */
export interface SealingKey {
  readonly kind: SealingKind
  readonly id: string
  readonly wrapped: Uint8Array
  readonly createdAt: EpochSeconds
}
