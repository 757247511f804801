import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { Secret } from '#shared/kernel/secret.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { RegistrationPolicy } from '#shared/tenant/self-registration.ts'

/**
 * What lets somebody register clients, of which only the hash is kept.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-1.2
 */
export interface InitialAccessToken {
  readonly tenant: TenantId
  /** SHA-256, base64url. */
  readonly tokenHash: string
  readonly expiresAt?: EpochSeconds
  /** Absent: any number of clients. */
  readonly maximalUses?: number
  readonly uses: number
  /** What it allows besides, or instead of, what the tenant does. */
  readonly policy: RegistrationPolicy
}

export const initialAccessTokenHash = (token: Secret): string => sha256Base64url(token.reveal())
