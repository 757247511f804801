import type { ClientId, TenantId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** What a user has allowed a client: these scopes, at these resource servers beside our own. */
export interface Consent {
  readonly tenant: TenantId
  readonly user: UserId
  readonly client: ClientId
  readonly scopes: readonly string[]
  /** Resource indicators. */
  readonly resources: readonly string[]
  readonly grantedAt: EpochSeconds
}
