import { z } from 'zod'
import { type ClientId, trusted, type UserId } from '#shared/kernel/ids.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { TableChange } from '../table-change.ts'

/** Values as DynamoDB writes them: one word for the type, and the value as text. */
const text = z.object({ S: z.string() }).transform(({ S }) => S)
const number = z.object({ N: z.string() }).transform(({ N }) => Number(N))

const carriedEvent = z
  .object({
    M: z.object({
      id: text,
      time: number.pipe(z.int()),
      activity: text,
      user: text.transform((id) => trusted<UserId>(id)).optional(),
      client: text.transform((id) => trusted<ClientId>(id)).optional(),
      address: text.optional(),
      rule: text.optional(),
    }),
  })
  .transform(({ M: { id, time, activity, ...more } }) => ({
    id,
    time: epochSeconds(time),
    activity,
    ...withoutAbsent(more),
  }))

const streamRecord = z.object({
  eventName: z.enum(['INSERT', 'MODIFY']),
  dynamodb: z.object({
    Keys: z.object({ pk: text, sk: text }),
    NewImage: z.object({ event: carriedEvent }),
    OldImage: z.object({ event: z.object({ M: z.object({ id: text }) }).optional() }).optional(),
  }),
})

export type StreamReading =
  | { readonly kind: 'event'; readonly change: TableChange }
  /** The item keeps the event of an earlier change, which has been told already. */
  | { readonly kind: 'told' }
  | { readonly kind: 'unreadable'; readonly cause: unknown }

/** Reads what the table's stream says of one change. */
export function readStreamRecord(record: unknown): StreamReading {
  const parsed = streamRecord.safeParse(record)
  if (!parsed.success) return { kind: 'unreadable', cause: parsed.error }
  const { eventName, dynamodb } = parsed.data
  const { event } = dynamodb.NewImage
  if (dynamodb.OldImage?.event?.M.id === event.id) return { kind: 'told' }
  const kind = eventName === 'INSERT' ? 'created' : 'changed'
  return { kind: 'event', change: { kind, ...dynamodb.Keys, event } }
}
