import type { AuditEvent } from '#shared/audit/event.ts'
import type { PasswordRecord } from '#shared/authn/password-record.ts'
import type { User } from '#shared/directory/user.ts'
import type { TenantId, UserId } from '#shared/kernel/ids.ts'

export type UserSaving = { readonly kind: 'saved' } | { readonly kind: 'user-name-taken' }

/** The user record and its lookup by `userName`; passwords are items of their own. */
export interface Users {
  /** AP-05: one strongly consistent read. */
  find(tenant: TenantId, id: UserId): Promise<User | undefined>
  /** AP-06: the id behind a `userName`, compared without case; one strongly consistent read. */
  findIdByUserName(tenant: TenantId, userName: string): Promise<UserId | undefined>
  /**
   * AP-07: the user, its unique `userName` lookup and, if given, its password in one transaction.
   *
   * `previous` is the record that `user` was made from, absent for a new one; an old lookup that no
   * longer applies is removed in the same transaction.
   */
  save(change: {
    readonly user: User
    readonly previous?: User
    readonly password?: PasswordRecord
    readonly event: AuditEvent
  }): Promise<UserSaving>
}
