import type { SessionId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { RequestedClaims } from '../authorization/authorization.ts'

/** What an ID token is issued for. */
export interface IdTokenFacts {
  readonly user: UserId
  /** How the client knows the user. */
  readonly subject: string
  /** As we know the session, whatever the client knows it by. */
  readonly sid: SessionId
  readonly authTime: EpochSeconds
  readonly amr: readonly string[]
  readonly acr?: string
  readonly nonce?: string
  /** What is sent beside the token, and bound to it by a hash. */
  readonly accessToken?: string
  readonly code?: string
  readonly state?: string
  /** What was asked for by name. */
  readonly claims?: RequestedClaims
  /** Scopes whose claims it carries itself, because no access token could fetch them from userinfo. */
  readonly carriedScopes?: readonly string[]
}
