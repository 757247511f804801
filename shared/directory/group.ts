import type { GroupId, TenantId } from '#shared/kernel/ids.ts'

/** @spec https://www.rfc-editor.org/rfc/rfc7643#section-4.2 */
export interface Group {
  readonly tenant: TenantId
  readonly id: GroupId
  readonly displayName: string
  readonly externalId?: string
}
