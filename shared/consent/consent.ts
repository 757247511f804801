import type { ClientId, TenantId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** The scopes that a user has allowed a client. */
export interface Consent {
  readonly tenant: TenantId
  readonly user: UserId
  readonly client: ClientId
  readonly scopes: readonly string[]
  readonly grantedAt: EpochSeconds
}
