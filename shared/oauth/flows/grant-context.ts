import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Narrowing } from '../authorization/narrowing.ts'
import type { Client } from '../client/client.ts'
import type { Confirmation } from '../possession/confirmation.ts'

/** Who asks, where and when, once it is known. */
export interface ClientContext {
  readonly tenant: Tenant
  readonly client: Client
  readonly now: EpochSeconds
  readonly address: string
}

/** A token request whose client is authenticated. */
export interface GrantContext extends ClientContext {
  /** The key that the client has proved to hold: tokens are bound to it. */
  readonly confirmation?: Confirmation
  /** What the request names of all that was authorized. */
  readonly narrowing?: Narrowing
  /** Thumbprint of the key of the instance, where an attester vouches for the client. */
  readonly instance?: string
  /** Uses the proof of that key up, as the token that is bound to it is issued. */
  readonly useProof?: () => Promise<void>
}
