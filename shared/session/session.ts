import type { SessionHash, TenantId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** One browser signed in at one tenant; a new one at every sign-in. */
export interface Session {
  readonly tenant: TenantId
  readonly user: UserId
  readonly hash: SessionHash
  /** The `sid` claim: names the session to clients without being its secret. */
  readonly sid: string
  readonly authTime: EpochSeconds
  /** RFC 8176 words, such as `pwd`. */
  readonly amr: readonly string[]
  readonly expiresAt: EpochSeconds
  readonly endedAt?: EpochSeconds
}
