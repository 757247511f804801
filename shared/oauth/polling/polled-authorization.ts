import type { ClientId, TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Authorization } from '../authorization/authorization.ts'
import type { PollPace } from './poll-pace.ts'

/** What a person has answered; given once, it stays. */
export type PolledAnswer =
  | { readonly kind: 'allowed'; readonly authorization: Authorization }
  | { readonly kind: 'denied' }

/** What a client has asked for, and polls for while a person answers it elsewhere. */
export interface PolledAuthorization extends PollPace {
  readonly tenant: TenantId
  readonly client: ClientId
  readonly scopes: readonly string[]
  readonly issuedAt: EpochSeconds
  readonly expiresAt: EpochSeconds
  readonly answer?: PolledAnswer
}
