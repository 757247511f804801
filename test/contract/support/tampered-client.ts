import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

/** Lets each call reach the engine, then loses its answer the first `times` times. */
export function loseAnswers(client: DynamoDBDocumentClient, times: number): DynamoDBDocumentClient {
  let left = times
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args)
      if (left === 0) return answer
      left -= 1
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
    },
    { step: 'deserialize', priority: 'low', name: 'lost-answer' },
  )
  return client
}

/** Fails each attempt as AWS would, with the given errors one after the other; then lets calls pass. */
export function failAttempts(
  client: DynamoDBDocumentClient,
  errors: readonly string[],
): DynamoDBDocumentClient {
  const left = [...errors]
  client.middlewareStack.add(
    (next) => async (args) => {
      const name = left.shift()
      if (name === undefined) return next(args)
      throw Object.assign(new Error(name), { name, $metadata: {} })
    },
    { step: 'deserialize', priority: 'low', name: 'failed-attempt' },
  )
  return client
}

/** One call as DynamoDB billed it. */
export interface Billed {
  readonly operation: string
  readonly units: number
  /** Entity words of the partition keys in the request. */
  readonly entities: readonly string[]
  readonly consistentRead: boolean
}

interface Consumed {
  readonly CapacityUnits?: number
}

const unitsOf = (consumed: Consumed | readonly Consumed[] | undefined): number =>
  [consumed ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0)

/** The document client's commands are named more shortly than the operations they call. */
const operationOf = (command: string): string =>
  command
    .replace('Command', '')
    .replace(/^(Batch)?(Get|Put|Update)$/, '$1$2Item')
    .replace(/^TransactWrite$/, 'TransactWriteItems')

/** Notes every call and what it cost in `bill`. */
export function billCalls(client: DynamoDBDocumentClient, bill: Billed[]): DynamoDBDocumentClient {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next({
        ...args,
        input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' },
      })
      const { ConsumedCapacity: consumed } = answer.output as {
        ConsumedCapacity?: Consumed | readonly Consumed[]
      }
      const request = JSON.stringify(args.input)
      bill.push({
        operation: operationOf(String(context['commandName'])),
        units: unitsOf(consumed),
        entities: [...request.matchAll(/":?pk":"([A-Z]+)#/g)].map(([, entity = '']) => entity),
        consistentRead: request.includes('"ConsistentRead":true'),
      })
      return answer
    },
    { step: 'initialize', priority: 'high', name: 'bill' },
  )
  return client
}
