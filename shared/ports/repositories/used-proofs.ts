import type { AttemptId, TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** Markers of the `jti` values of proofs of possession. */
export interface UsedProofs {
  /** AP-50: bare put-once; of N concurrent calls exactly one sees `fresh`. @param jkt thumbprint of the key */
  use(
    tenant: TenantId,
    jkt: string,
    jti: string,
    expiresAt: EpochSeconds,
    attempt: AttemptId,
  ): Promise<'fresh' | 'used'>
}
