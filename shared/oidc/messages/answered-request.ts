import { z } from 'zod'
import { type ClientId, type TenantId, trusted, type UserId } from '#shared/kernel/ids.ts'
import type { BackchannelRequestId } from '#shared/oauth/polling/backchannel-request.ts'
import { itemKeys, ownerOf, text } from './streamed-item.ts'

/** The request of a client that its person has just answered, and whose client wants to be told. */
export interface AnsweredRequest {
  readonly tenant: TenantId
  readonly user: UserId
  readonly request: BackchannelRequestId
  readonly client: ClientId
}

const record = z.object({
  dynamodb: z.object({
    Keys: itemKeys,
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
  const owner = ownerOf('BACKCHANNEL', read?.Keys.pk)
  if (read === undefined || owner === undefined) return undefined
  return {
    ...owner,
    request: trusted<BackchannelRequestId>(read.Keys.sk),
    client: trusted<ClientId>(read.NewImage.client),
  }
}
