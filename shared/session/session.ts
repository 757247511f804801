import type { SessionHash, SessionId, TenantId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/**
 * One browser signed in at one tenant.
 *
 * Whoever authenticates again keeps the session, and with it what clients hold of it, but gets a new
 * secret: the cookie from before is worth nothing any more.
 */
export interface Session {
  readonly tenant: TenantId
  readonly user: UserId
  readonly sid: SessionId
  /** Of the secret in the newest cookie. */
  readonly secretHash: SessionHash
  readonly authTime: EpochSeconds
  /** RFC 8176 words, such as `pwd`. */
  readonly amr: readonly string[]
  readonly expiresAt: EpochSeconds
  readonly endedAt?: EpochSeconds
}
