import type { ClientId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** What happened; the worker of the audit lake expands each word to its OCSF class and activity. */
export type Activity =
  | 'sign-in'
  | 'sign-in-failed'
  | 'sign-out'
  | 'session-revoked'
  | 'logout-delivered'
  | 'logout-undelivered'
  | 'ping-delivered'
  | 'ping-undelivered'
  | 'consent'
  | 'code-redeemed'
  | 'code-replayed'
  | 'token-refreshed'
  | 'refresh-replayed'
  | 'token-issued'
  | 'token-exchanged'
  | 'assertion-redeemed'
  | 'device-requested'
  | 'device-allowed'
  | 'device-denied'
  | 'device-redeemed'
  | 'device-replayed'
  | 'backchannel-requested'
  | 'backchannel-allowed'
  | 'backchannel-denied'
  | 'backchannel-redeemed'
  | 'backchannel-replayed'
  | 'user-code-entered'
  | 'user-code-failed'
  | 'token-revoked'
  | 'stranger-counted'
  | 'request-pushed'
  | 'request-answered'
  | 'tenant-changed'
  | 'client-changed'
  | 'registration-attempted'
  | 'client-registered'
  | 'client-removed'
  | 'initial-token-changed'
  | 'initial-token-used'
  | 'resource-changed'
  | 'issuer-changed'
  | 'user-changed'
  | 'group-changed'
  | 'password-changed'
  | 'key-created'
  | 'key-activated'
  | 'key-replaced'
  | 'key-retired'
  | 'key-withdrawn'

/**
 * One security event, riding as an attribute in the very item it describes (at most 300 bytes as JSON).
 *
 * The tenant is not repeated: the item's partition key names it.
 */
export interface AuditEvent {
  /** Random, 128 bits, base64url: duplicates are dropped by it. */
  readonly id: string
  readonly time: EpochSeconds
  readonly activity: Activity
  readonly user?: UserId
  readonly client?: ClientId
  /** Address of the caller as the edge saw it, unverified beyond that. */
  readonly address?: string
  /** Rule id of a refusal. */
  readonly rule?: string
}
