import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalTable } from '../template.ts'
import { type AttributeMap, attributeMap, keyText } from './dynamodb-values.ts'
import type { AwsRequest } from './service.ts'

/** One item, or one set of items, of one table. */
export interface Access {
  readonly operation: string
  readonly table: string
  readonly index?: string | undefined
  /** Keys or whole items. */
  readonly items?: readonly AttributeMap[] | undefined
  /** Partition keys that no item tells. */
  readonly leadingKeys?: readonly string[]
  readonly returnValues?: string | undefined
  readonly select?: string | undefined
  readonly enclosing?: string
}

type Input = AwsRequest['input']

const single = z.object({
  TableName: z.string(),
  Key: attributeMap.optional(),
  Item: attributeMap.optional(),
  ReturnValues: z.string().optional(),
})

function singleItem(operation: string, input: unknown, enclosing?: string): Access {
  const { TableName, Key, Item, ReturnValues } = single.parse(input)
  const item = Item ?? Key
  return {
    operation,
    table: TableName,
    items: item && [item],
    returnValues: ReturnValues,
    ...(enclosing && { enclosing }),
  }
}

const search = z.object({
  TableName: z.string(),
  IndexName: z.string().optional(),
  Select: z.string().optional(),
  KeyConditionExpression: z.string().default(''),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: attributeMap.default({}),
})

/** Pairs of a name and the text it must equal, in a key condition; comparisons are left out. */
function equalities(input: z.infer<typeof search>): readonly (readonly [string, string])[] {
  const pairs = [...input.KeyConditionExpression.matchAll(/([#:]?[\w.-]+)\s*=\s*([#:]?[\w.-]+)/g)]
  return pairs.flatMap(([, left = '', right = '']) => {
    const [name, value] = left.startsWith(':') ? [right, left] : [left, right]
    const text = keyText(input.ExpressionAttributeValues[value])
    return text === undefined ? [] : [[input.ExpressionAttributeNames[name] ?? name, text] as const]
  })
}

function searchOf(operation: string, raw: Input, tables: readonly LocalTable[]): Access {
  const input = search.parse(raw)
  const partitionKey = partitionKeyOf(tables, input.TableName, input.IndexName)
  return {
    operation,
    table: input.TableName,
    index: input.IndexName,
    select: input.Select,
    leadingKeys: equalities(input)
      .filter(([name]) => name === partitionKey)
      .map(([, text]) => text),
  }
}

/** Name of the attribute that a table, or one of its indexes, is partitioned by. */
export function partitionKeyOf(tables: readonly LocalTable[], name: string, index?: string) {
  const table = tables.find((each) => each.name === name)
  const indexes = [
    ...(table?.GlobalSecondaryIndexes ?? []),
    ...(table?.LocalSecondaryIndexes ?? []),
  ]
  const schema = index
    ? indexes.find(({ IndexName }) => IndexName === index)?.KeySchema
    : table?.KeySchema
  return schema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName
}

const batchGet = z.object({
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(attributeMap) })),
})

const batchWrite = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.object({ Item: attributeMap }).optional(),
        DeleteRequest: z.object({ Key: attributeMap }).optional(),
      }),
    ),
  ),
})

const transaction = z.object({ TransactItems: z.array(z.record(z.string(), z.unknown())) })

/** What one member of a transaction is to IAM. */
const memberOperations: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
}

const transactionItems = (operation: string, input: Input): readonly Access[] =>
  transaction
    .parse(input)
    .TransactItems.flatMap((members) =>
      Object.entries(members).map(([name, member]) =>
        singleItem(ownEntry(memberOperations, name) ?? name, member, operation),
      ),
    )

type Reader = (operation: string, input: Input, tables: readonly LocalTable[]) => readonly Access[]

const oneItem: Reader = (operation, input) => [singleItem(operation, input)]
const oneSearch: Reader = (operation, input, tables) => [searchOf(operation, input, tables)]

const readers: Readonly<Record<string, Reader>> = {
  GetItem: oneItem,
  PutItem: oneItem,
  UpdateItem: oneItem,
  DeleteItem: oneItem,
  Query: oneSearch,
  Scan: oneSearch,
  BatchGetItem: (operation, input) =>
    Object.entries(batchGet.parse(input).RequestItems).map(([table, { Keys }]) => ({
      operation,
      table,
      items: Keys,
    })),
  BatchWriteItem: (operation, input) =>
    Object.entries(batchWrite.parse(input).RequestItems).map(([table, writes]) => ({
      operation,
      table,
      items: writes.map(
        ({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? {},
      ),
    })),
  TransactGetItems: transactionItems,
  TransactWriteItems: transactionItems,
}

/** The items that a request touches, or `undefined` for an operation that is not about items. */
export const accessesOf = (
  { action, input }: AwsRequest,
  tables: readonly LocalTable[],
): readonly Access[] | undefined => ownEntry(readers, action)?.(action, input, tables)
