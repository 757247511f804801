import type { PasswordRecord } from '#shared/authn/password-record.ts'
import type { TenantId, UserId } from '#shared/kernel/ids.ts'

export interface Passwords {
  /** AP-08: one strongly consistent read. */
  find(tenant: TenantId, user: UserId): Promise<PasswordRecord | undefined>
}
