import { BatchGetCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { unavailableOr } from '#shared/aws/unavailable.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import type { Key } from './keys.ts'
import type { Item, Table } from './table.ts'

/** Strong reads cost twice an eventual one and see every write that was answered before. */
export type Consistency = 'strong' | 'eventual'

async function reading<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw unavailableOr(error, 'read')
  }
}

export async function getItem(
  table: Table,
  key: Key,
  consistency: Consistency,
): Promise<Item | undefined> {
  const input = { TableName: table.name, Key: key, ConsistentRead: consistency === 'strong' }
  const { Item: item } = await reading(table.client.send(new GetCommand(input)))
  return item
}

/** Reads the items of a few keys at once, strongly consistent; absent ones are left out. */
export async function getItems(table: Table, keys: readonly Key[]): Promise<readonly Item[]> {
  const request = { [table.name]: { Keys: [...keys], ConsistentRead: true } }
  const answer = await reading(table.client.send(new BatchGetCommand({ RequestItems: request })))
  if (Object.keys(answer.UnprocessedKeys ?? {}).length > 0) {
    throw new StoreUnavailable('no', new Error('DynamoDB left keys of the batch unprocessed'))
  }
  return answer.Responses?.[table.name] ?? []
}

/** Reads a whole partition, page by page. */
export async function queryPartition(
  table: Table,
  pk: string,
  consistency: Consistency,
): Promise<readonly Item[]> {
  const items: Item[] = []
  let from: Item | undefined
  do {
    const input = {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: consistency === 'strong',
      ...(from && { ExclusiveStartKey: from }),
    }
    const page = await reading(table.client.send(new QueryCommand(input)))
    items.push(...(page.Items ?? []))
    from = page.LastEvaluatedKey
  } while (from)
  return items
}
