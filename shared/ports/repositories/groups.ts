import type { AuditEvent } from '#shared/audit/event.ts'
import type { Group } from '#shared/directory/group.ts'
import type { TenantId, UserId } from '#shared/kernel/ids.ts'

export type GroupSaving = { readonly kind: 'saved' } | { readonly kind: 'display-name-taken' }

export interface Groups {
  /** AP-09: the group behind a `displayName`, compared without case; two strongly consistent reads. */
  findByDisplayName(tenant: TenantId, displayName: string): Promise<Group | undefined>
  /** AP-10: the group and its unique `displayName` lookup in one transaction. */
  save(group: Group, event: AuditEvent): Promise<GroupSaving>
  /** AP-11: one edge, carrying the group's name; putting it again changes nothing and writes no event. */
  addMember(group: Group, user: UserId, event: AuditEvent): Promise<void>
  /** AP-12: names of the user's groups, from the edges of the user's own partition; one query. */
  namesOf(tenant: TenantId, user: UserId): Promise<readonly string[]>
}
