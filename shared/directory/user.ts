import type { TenantId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** A multi-valued SCIM attribute's element. */
export interface Plural {
  readonly value: string
  readonly type?: string
  readonly primary?: boolean
}

export interface Address {
  readonly formatted?: string
  readonly streetAddress?: string
  readonly locality?: string
  readonly region?: string
  readonly postalCode?: string
  readonly country?: string
  readonly type?: string
  readonly primary?: boolean
}

export interface Name {
  readonly formatted?: string
  readonly familyName?: string
  readonly givenName?: string
  readonly middleName?: string
  readonly honorificPrefix?: string
  readonly honorificSuffix?: string
}

/**
 * What a user says of themself, under SCIM's names.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7643#section-4.1
 */
export interface UserAttributes {
  readonly userName: string
  readonly externalId?: string
  readonly name?: Name
  readonly displayName?: string
  readonly nickName?: string
  readonly profileUrl?: string
  readonly title?: string
  readonly userType?: string
  readonly preferredLanguage?: string
  readonly locale?: string
  readonly timezone?: string
  readonly active: boolean
  readonly emails?: readonly Plural[]
  readonly phoneNumbers?: readonly Plural[]
  readonly photos?: readonly Plural[]
  readonly addresses?: readonly Address[]
}

export interface User {
  readonly tenant: TenantId
  readonly id: UserId
  readonly attributes: UserAttributes
  readonly emailVerified: boolean
  readonly updatedAt: EpochSeconds
  /** Sessions and tokens from before this moment are refused. */
  readonly validAfter: EpochSeconds
}
