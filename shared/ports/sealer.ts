import type { TenantId } from '#shared/kernel/ids.ts'
import type { SealingKind } from '#shared/keys/sealing-key.ts'

/** Encrypts and authenticates what the browser or the client carries for us. */
export interface Sealer {
  /** Answers base64url text that only this deployment can open, for this kind and tenant only. */
  seal(kind: SealingKind, tenant: TenantId, content: unknown): Promise<string>
  /** Answers the content, or `undefined` for anything we did not seal so. @param sealed unverified */
  open(kind: SealingKind, tenant: TenantId, sealed: string): Promise<unknown>
  /** Like `seal`, but the same content under the same key is the same text. */
  sealDeterministically(kind: SealingKind, tenant: TenantId, content: unknown): Promise<string>
}
