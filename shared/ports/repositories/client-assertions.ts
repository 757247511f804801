import type { AttemptId, ClientId, TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** Markers of the `jti` values of client assertions. */
export interface ClientAssertions {
  /** AP-24: bare put-once; of N concurrent calls exactly one sees `fresh`. */
  use(
    tenant: TenantId,
    client: ClientId,
    jti: string,
    expiresAt: EpochSeconds,
    attempt: AttemptId,
  ): Promise<'fresh' | 'used'>
}
