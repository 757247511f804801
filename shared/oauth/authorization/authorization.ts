import type { FamilyId, SessionId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** An entry of `authorization_details` (RFC 9396 section 2) that has been checked. */
export type AuthorizationDetail = Readonly<Record<string, unknown>> & { readonly type: string }

/** What the `claims` parameter asks for by name (Core section 5.5), checked. */
export interface RequestedClaims {
  readonly id_token?: Readonly<Record<string, unknown>>
  readonly userinfo?: Readonly<Record<string, unknown>>
}

/** What a user has authorized a client to do, whichever way it was asked. */
export interface Authorization {
  /** Identifies the authorization; redeemed, it is the id of its family of tokens. */
  readonly jti: FamilyId
  readonly user: UserId
  readonly sid: SessionId
  readonly scopes: readonly string[]
  readonly nonce?: string
  readonly authTime: EpochSeconds
  readonly amr: readonly string[]
  readonly acr?: string
  /** Resource servers that access tokens may be for (RFC 8707); none means the issuer itself. */
  readonly resources?: readonly string[]
  readonly authorizationDetails?: readonly AuthorizationDetail[]
  readonly claims?: RequestedClaims
  /** The family of the tokens that were handed out beside it, and fall with it. */
  readonly beside?: FamilyId
  readonly issuedAt: EpochSeconds
}
