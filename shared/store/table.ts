import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

/** The one table of the deployment. */
export interface Table {
  readonly client: DynamoDBDocumentClient
  readonly name: string
}

/**
 * Attributes that mean the same in every item that has them, beside the keys `pk` and `sk`.
 *
 * Expressions spell attribute names out; none is one of DynamoDB's reserved words.
 */
interface CommonAttributes {
  /** Version of the record's shape. */
  readonly v?: number
  /** The audit event of the last change; the table's stream carries it to the lake. */
  readonly event?: unknown
  /** Which invocation wrote the item: a failed condition that meets its own attempt is a retry. */
  readonly attempt?: string
  /** Epoch seconds; DynamoDB deletes the item some time after. */
  readonly expiresAt?: number
}

/** An item as the document client reads and writes it. */
export type Item = CommonAttributes & Readonly<Record<string, unknown>>
