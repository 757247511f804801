import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { ClientId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** What an ID token is made of. */
export interface IdTokenFacts {
  readonly issuer: string
  readonly subject: UserId
  readonly client: ClientId
  readonly sid: string
  readonly authTime: EpochSeconds
  readonly amr: readonly string[]
  readonly nonce: string | undefined
  readonly accessToken: string
  /** What the ID token will be signed with. */
  readonly algorithm: SigningAlgorithm
  readonly issuedAt: EpochSeconds
  readonly expiresAt: EpochSeconds
}
