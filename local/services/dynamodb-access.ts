import type { LocalKmsKey, LocalSystem, LocalTable } from '../template.ts'
import { type Access, accessesOf, partitionKeyOf } from './dynamodb-requests.ts'
import { keyText } from './dynamodb-values.ts'
import type { AwsRequest, ContextValues, Question } from './service.ts'

/** Condition keys of DynamoDB that a request here can carry, and those of the key that encrypts a table. */
export const conditionKeys = [
  'dynamodb:EnclosingOperation',
  'dynamodb:LeadingKeys',
  'dynamodb:ReturnValues',
  'dynamodb:Select',
] as const

type Facts = Pick<LocalSystem, 'tables' | 'kmsKeys' | 'region' | 'accountId'>

/** IAM repeats no key, and a request without any carries no `dynamodb:LeadingKeys` at all. */
function contextOf(access: Access, tables: readonly LocalTable[]): ContextValues {
  const partitionKey = partitionKeyOf(tables, access.table) ?? ''
  const ofItems = (access.items ?? []).map((item) => keyText(item[partitionKey]))
  const leadingKeys = [...ofItems, ...(access.leadingKeys ?? [])].filter(
    (text) => text !== undefined,
  )
  return {
    'dynamodb:LeadingKeys': [...new Set(leadingKeys)],
    'dynamodb:EnclosingOperation': access.enclosing,
    'dynamodb:ReturnValues': access.returnValues,
    'dynamodb:Select': access.select,
  }
}

const tableArn = ({ region, accountId }: Facts, table: string): string =>
  `arn:aws:dynamodb:${region}:${accountId}:table/${table}`

/**
 * A customer managed key asks the caller too: DynamoDB decrypts the table's key in the caller's name.
 *
 * @spec https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
function keyQuestion(facts: Facts, table: LocalTable, key: LocalKmsKey): Question {
  return {
    action: 'kms:Decrypt',
    resource: key.arn,
    keyPolicy: key.policy,
    implied: true,
    context: {
      'kms:CallerAccount': facts.accountId,
      'kms:ViaService': `dynamodb.${facts.region}.amazonaws.com`,
      'kms:EncryptionContext:aws:dynamodb:tableName': table.name,
      'kms:EncryptionContext:aws:dynamodb:subscriberId': facts.accountId,
    },
  }
}

function keyQuestions(facts: Facts, names: readonly string[]): readonly Question[] {
  const tables = facts.tables.filter(({ name }) => names.includes(name))
  return tables.flatMap((table) => {
    const key = facts.kmsKeys.find(({ arn }) => arn === table.kmsKeyArn)
    return key ? [keyQuestion(facts, table, key)] : []
  })
}

/** An operation on a table as such, or on a stream, or one that this file has no reader for. */
function plainQuestion(facts: Facts, { action, input }: AwsRequest): Question {
  const { TableName: table, StreamArn: stream } = input
  const resource = typeof table === 'string' ? tableArn(facts, table) : String(stream ?? '*')
  return { action: `dynamodb:${action}`, resource, context: {} }
}

/**
 * What a request asks of IAM: one question an item of a transaction, one a table of a batch.
 *
 * @spec https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function questionsOf(facts: Facts, request: AwsRequest): readonly Question[] {
  const accesses = accessesOf(request, facts.tables)
  if (accesses === undefined) return [plainQuestion(facts, request)]
  const asked = accesses.map((access) => ({
    action: `dynamodb:${access.operation}`,
    resource: `${tableArn(facts, access.table)}${access.index ? `/index/${access.index}` : ''}`,
    context: contextOf(access, facts.tables),
  }))
  return [
    ...asked,
    ...keyQuestions(
      facts,
      accesses.map(({ table }) => table),
    ),
  ]
}
