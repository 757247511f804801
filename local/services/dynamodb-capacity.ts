import { z } from 'zod'
import type { AwsRequest, AwsResponse, Capacity } from './service.ts'

/** What a call is charged for that comes to nothing: the condition of a single write did not hold. */
const refusedWrite: Capacity = { readUnits: 0, writeUnits: 1 }

const none: Capacity = { readUnits: 0, writeUnits: 0 }

const reads: ReadonlySet<string> = new Set([
  'BatchGetItem',
  'GetItem',
  'Query',
  'Scan',
  'TransactGetItems',
])

const writes: ReadonlySet<string> = new Set([
  'BatchWriteItem',
  'DeleteItem',
  'PutItem',
  'TransactWriteItems',
  'UpdateItem',
])

const consumed = z.object({ CapacityUnits: z.number() })

const answer = z.looseObject({
  ConsumedCapacity: z.union([consumed, z.array(consumed)]).optional(),
})

const refusal = z.looseObject({ __type: z.string().endsWith('ConditionalCheckFailedException') })

/** True for the operations that DynamoDB charges in capacity units. */
const isCharged = ({ action }: AwsRequest): boolean => reads.has(action) || writes.has(action)

/** The same request, but the engine also tells what it consumes. */
export function askForCapacity(request: AwsRequest): AwsRequest {
  if (!isCharged(request)) return request
  const body = JSON.stringify({ ReturnConsumedCapacity: 'TOTAL', ...request.input })
  return { ...request, body: Buffer.from(body) }
}

/** The capacity that an answer tells of; taken out again unless the caller has asked for it itself. */
export function takeCapacity(request: AwsRequest, response: AwsResponse): AwsResponse {
  if (!isCharged(request)) return response
  const content: unknown = JSON.parse(Buffer.from(response.body).toString())
  if (response.status >= 400) {
    return { ...response, capacity: refusal.safeParse(content).success ? refusedWrite : none }
  }
  const { ConsumedCapacity: told = [], ...rest } = answer.parse(content)
  const units = [told].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0)
  const capacity = reads.has(request.action)
    ? { readUnits: units, writeUnits: 0 }
    : { readUnits: 0, writeUnits: units }
  if (request.input['ReturnConsumedCapacity'] !== undefined) return { ...response, capacity }
  const { 'x-amz-crc32': _, ...headers } = response.headers
  return { ...response, headers, body: Buffer.from(JSON.stringify(rest)), capacity }
}
