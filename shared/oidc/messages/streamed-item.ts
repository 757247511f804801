import { z } from 'zod'
import { type TenantId, trusted, type UserId } from '#shared/kernel/ids.ts'

/** A text as DynamoDB writes it: one word for the type, and the value. */
export const text = z.object({ S: z.string() }).transform(({ S }) => S)

/** The keys of an item that has changed. */
export const itemKeys = z.object({ pk: text, sk: text })

/** Answers whose item it is that a partition key leads to, if it leads to items of that kind. */
export function ownerOf(
  entity: 'BACKCHANNEL' | 'SESSION',
  pk: string | undefined,
): { readonly tenant: TenantId; readonly user: UserId } | undefined {
  const [, word, tenant, user] = /^([A-Z]+)#([^#]+)#([^#]+)$/.exec(pk ?? '') ?? []
  if (word !== entity || tenant === undefined || user === undefined) return undefined
  return { tenant: trusted<TenantId>(tenant), user: trusted<UserId>(user) }
}
