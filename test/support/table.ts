import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { paginateScan } from '@aws-sdk/lib-dynamodb'
import { parameterNames } from '#infra/parameters.ts'
import { documentClient } from '#shared/aws/dynamodb.ts'
import type { OperatorAccess } from './local-cloud.ts'

export type StoredItem = Readonly<Record<string, unknown>>

/** Every item of the one table, as the operator sees it. */
export async function allItems(aws: OperatorAccess): Promise<readonly StoredItem[]> {
  const ssm = new SSMClient(aws)
  const name = new GetParameterCommand({ Name: parameterNames.tableName })
  const { Parameter } = await ssm.send(name)
  ssm.destroy()
  const client = documentClient(aws)
  const items: StoredItem[] = []
  for await (const { Items = [] } of paginateScan({ client }, { TableName: Parameter?.Value })) {
    items.push(...Items)
  }
  client.destroy()
  return items
}
