import {
  type AttributeValue,
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import {
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { unavailableOr } from '#shared/aws/unavailable.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import type { Key } from './keys.ts'
import type { Item, Table } from './table.ts'

/** The one condition of a single-use marker: DynamoDB's TTL deletes late, so expiry is no part of it. */
export const absent = 'attribute_not_exists(pk)'

/** `refused`: the condition did not hold for the `item` that is there, if any. */
export type Update =
  | { readonly kind: 'updated'; readonly item: Item }
  | { readonly kind: 'refused'; readonly item: Item | undefined }

export interface UpdateExpressions {
  readonly update: string
  readonly condition?: string
  /** Values by their placeholders, without the colon. */
  readonly values: Item
  /** Attributes by their placeholders, without the number sign, where DynamoDB reserves the name. */
  readonly names?: Readonly<Record<string, string>>
}

export type TogetherWrite = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

async function writing<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw unavailableOr(error, 'write')
  }
}

/** The document client leaves the item of a failed condition as it came over the wire. */
const plain = (item: Record<string, AttributeValue> | undefined): Item | undefined =>
  item && unmarshall(item)

const placeholders = (values: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value]))

const namePlaceholders = (names: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(names).map(([name, attribute]) => [`#${name}`, attribute]))

/** Puts an item, replacing the one that is there. */
export async function putItem(table: Table, item: Item): Promise<void> {
  const input = { TableName: table.name, Item: { ...item } }
  await writing(table.client.send(new PutCommand(input)))
}

/**
 * Puts an item that must not be there yet; answers the one that is, or `undefined` when ours is in.
 *
 * An item that carries our own `attempt` is our put whose answer was lost: the SDK has tried again.
 */
export async function putOnce(table: Table, item: Attempted): Promise<Item | undefined> {
  const present = await putWhere(table, item, absent)
  return present === 'put' ? undefined : present
}

/** An item that tells by which attempt it was written. */
type Attempted = Item & { readonly attempt: string }

/** Puts an item where a condition holds; answers what is there instead when it does not. */
export async function putWhere(
  table: Table,
  item: Attempted,
  condition: string,
): Promise<Item | 'put'> {
  const input = {
    TableName: table.name,
    Item: { ...item },
    ConditionExpression: condition,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  }
  try {
    await writing(table.client.send(new PutCommand(input)))
    return 'put'
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
    const present = plain(error.Item) ?? {}
    return present.attempt === item.attempt ? 'put' : present
  }
}

export async function updateItem(
  table: Table,
  key: Key,
  { update, condition, values, names }: UpdateExpressions,
): Promise<Update> {
  const input = {
    TableName: table.name,
    Key: key,
    UpdateExpression: update,
    ...(condition && { ConditionExpression: condition }),
    ...(names && { ExpressionAttributeNames: namePlaceholders(names) }),
    ExpressionAttributeValues: placeholders(values),
    ReturnValues: 'ALL_NEW' as const,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  }
  try {
    const { Attributes } = await writing(table.client.send(new UpdateCommand(input)))
    return { kind: 'updated', item: Attributes ?? {} }
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
    return { kind: 'refused', item: plain(error.Item) }
  }
}

/** A put for `writeTogether`. */
export const put = (
  table: Table,
  item: Item,
  condition?: string,
  values?: Item,
): TogetherWrite => ({
  Put: {
    TableName: table.name,
    Item: { ...item },
    ...(condition && { ConditionExpression: condition }),
    ...(values && { ExpressionAttributeValues: placeholders(values) }),
  },
})

/** An update for `writeTogether`. */
export const change = (
  table: Table,
  key: Key,
  { update, condition, values, names }: UpdateExpressions,
): TogetherWrite => ({
  Update: {
    TableName: table.name,
    Key: key,
    UpdateExpression: update,
    ...(condition && { ConditionExpression: condition }),
    ...(names && { ExpressionAttributeNames: namePlaceholders(names) }),
    ExpressionAttributeValues: placeholders(values),
  },
})

/** A delete for `writeTogether`. */
export const remove = (table: Table, key: Key, condition: string, values: Item): TogetherWrite => ({
  Delete: {
    TableName: table.name,
    Key: key,
    ConditionExpression: condition,
    ExpressionAttributeValues: placeholders(values),
  },
})

/**
 * Writes all or nothing; answers the positions of the writes whose conditions refused, none on success.
 *
 * The SDK sends a request token, so its own retry after a lost answer commits once.
 */
export async function writeTogether(
  table: Table,
  writes: readonly TogetherWrite[],
): Promise<readonly number[]> {
  try {
    const input = { TransactItems: [...writes] }
    await writing(table.client.send(new TransactWriteCommand(input)))
    return []
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error
    const reasons = (error.CancellationReasons ?? []).map(({ Code }) => Code)
    if (!reasons.includes('ConditionalCheckFailed')) throw error
    return reasons.flatMap((code, position) =>
      code === 'ConditionalCheckFailed' ? [position] : [],
    )
  }
}

/**
 * Awaits writes that do not depend on each other, every one to its end.
 *
 * Where some are in and some are not, the whole is in doubt: to repeat it would write the first ones twice.
 */
export async function writeSideBySide<Result>(
  writes: readonly Promise<Result>[],
): Promise<readonly Result[]> {
  const outcomes = await Promise.allSettled(writes)
  const failures = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  const bug = failures.find((reason) => !(reason instanceof StoreUnavailable))
  if (bug !== undefined) throw bug
  const [failure] = failures
  if (failure === undefined) return Promise.all(writes)
  const isNothingIn =
    failures.length === writes.length && failures.every(({ committed }) => committed === 'no')
  throw isNothingIn ? failure : new StoreUnavailable('unknown', failure)
}
