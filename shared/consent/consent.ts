import type { ClientId, TenantId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** What a user has allowed a client: these scopes, and these of them at resource servers beside our own. */
export interface Consent {
  readonly tenant: TenantId
  readonly user: UserId
  readonly client: ClientId
  readonly scopes: readonly string[]
  /** Each as `scopesAt` writes it. */
  readonly resourceScopes: readonly string[]
  readonly grantedAt: EpochSeconds
}

/**
 * What it is to have these scopes at these resource servers.
 *
 * Each scope at each of them: reading orders and changing the stock, allowed one after the other, do not
 * add up to changing orders.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8707#section-2.1
 * @param resources resource indicators, which hold no space
 */
export const scopesAt = (
  resources: readonly string[],
  scopes: readonly string[],
): readonly string[] =>
  resources.flatMap((resource) => scopes.map((scope) => `${resource} ${scope}`))
