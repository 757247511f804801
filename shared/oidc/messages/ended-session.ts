import { z } from 'zod'
import { type SessionId, type TenantId, trusted, type UserId } from '#shared/kernel/ids.ts'

/** The session of one user that has just ended. */
export interface EndedSession {
  readonly tenant: TenantId
  readonly user: UserId
  readonly sid: SessionId
}

/** Values as DynamoDB writes them: one word for the type, and the value as text. */
const text = z.object({ S: z.string() }).transform(({ S }) => S)

const record = z.object({
  dynamodb: z.object({
    Keys: z.object({ pk: text, sk: text }),
    NewImage: z.object({ endedAt: z.object({ N: z.string() }) }),
  }),
})

/**
 * Reads from the table's stream which session has ended, or answers `undefined` for any other change.
 *
 * The filter of the worker lets no other change through.
 */
export function readEndedSession(streamed: unknown): EndedSession | undefined {
  const { pk = '', sk = '' } = record.safeParse(streamed).data?.dynamodb.Keys ?? {}
  const [, tenant, user] = /^SESSION#([^#]+)#([^#]+)$/.exec(pk) ?? []
  if (tenant === undefined || user === undefined) return undefined
  return {
    tenant: trusted<TenantId>(tenant),
    user: trusted<UserId>(user),
    sid: trusted<SessionId>(sk),
  }
}
