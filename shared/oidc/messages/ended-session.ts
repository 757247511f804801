import { z } from 'zod'
import { type SessionId, type TenantId, trusted, type UserId } from '#shared/kernel/ids.ts'
import { itemKeys, ownerOf } from './streamed-item.ts'

/** The session of one user that has just ended. */
export interface EndedSession {
  readonly tenant: TenantId
  readonly user: UserId
  readonly sid: SessionId
}

const record = z.object({
  dynamodb: z.object({
    Keys: itemKeys,
    NewImage: z.object({ endedAt: z.object({ N: z.string() }) }),
  }),
})

/**
 * Reads from the table's stream which session has ended, or answers `undefined` for any other change.
 *
 * The filter of the worker lets no other change through.
 */
export function readEndedSession(streamed: unknown): EndedSession | undefined {
  const keys = record.safeParse(streamed).data?.dynamodb.Keys
  const owner = ownerOf('SESSION', keys?.pk)
  return keys && owner && { ...owner, sid: trusted<SessionId>(keys.sk) }
}
