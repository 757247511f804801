import { z } from 'zod'
import { type ClientId, type TenantId, trusted, type UserId } from '#shared/kernel/ids.ts'
import type { BackchannelRequestId } from '#shared/oauth/polling/backchannel-request.ts'

/** The request of a client that its person has just answered, and whose client wants to be told. */
export interface AnsweredRequest {
  readonly tenant: TenantId
  readonly user: UserId
  readonly request: BackchannelRequestId
  readonly client: ClientId
}

/** Values as DynamoDB writes them: one word for the type, and the value as text. */
const text = z.object({ S: z.string() }).transform(({ S }) => S)

const record = z.object({
  dynamodb: z.object({
    Keys: z.object({ pk: text, sk: text }),
    NewImage: z.object({ client: text, answer: z.object({ M: z.object({ kind: text }) }) }),
  }),
})

/**
 * Reads from the table's stream which request has been answered, or answers `undefined` for any other
 * change.
 *
 * The filter of the worker lets no request through whose client only polls.
 */
export function readAnsweredRequest(streamed: unknown): AnsweredRequest | undefined {
  const read = record.safeParse(streamed).data?.dynamodb
  const [, tenant, user] = /^BACKCHANNEL#([^#]+)#([^#]+)$/.exec(read?.Keys.pk ?? '') ?? []
  if (read === undefined || tenant === undefined || user === undefined) return undefined
  return {
    tenant: trusted<TenantId>(tenant),
    user: trusted<UserId>(user),
    request: trusted<BackchannelRequestId>(read.Keys.sk),
    client: trusted<ClientId>(read.NewImage.client),
  }
}
