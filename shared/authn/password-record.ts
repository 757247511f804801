import type { Brand } from '#shared/kernel/brand.ts'
import type { TenantId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** `$argon2id$v=19$m=...,t=...,p=...$salt$hash` */
export type PhcString = Brand<string, 'PhcString'>

export interface PasswordRecord {
  readonly tenant: TenantId
  readonly user: UserId
  readonly phc: PhcString
  readonly changedAt: EpochSeconds
}
