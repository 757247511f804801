import { z } from 'zod'
import type { LocalTable } from '../template.ts'
import type { EngineCall } from './dynamodb-client.ts'
import { AwsError } from './service.ts'

const orNothing = <T>(list: readonly T[]): readonly T[] | undefined =>
  list.length > 0 ? list : undefined

/** Encryption at rest and point-in-time recovery have no meaning to a local engine, and are not told. */
const definitionOf = (table: LocalTable) => ({
  TableName: table.name,
  AttributeDefinitions: table.AttributeDefinitions,
  KeySchema: table.KeySchema,
  GlobalSecondaryIndexes: orNothing(table.GlobalSecondaryIndexes),
  LocalSecondaryIndexes: orNothing(table.LocalSecondaryIndexes),
  BillingMode: 'PAY_PER_REQUEST',
  DeletionProtectionEnabled: table.deletionProtection,
  StreamSpecification: table.streamViewType && {
    StreamEnabled: true,
    StreamViewType: table.streamViewType,
  },
})

const timeToLive = z.object({
  TimeToLiveDescription: z.object({ TimeToLiveStatus: z.string().optional() }).optional(),
})

async function enableTimeToLive(call: EngineCall, { name, ttlAttribute }: LocalTable) {
  if (ttlAttribute === undefined) return
  const found = await call('DynamoDB_20120810.DescribeTimeToLive', { TableName: name })
  const status = timeToLive.parse(found).TimeToLiveDescription?.TimeToLiveStatus
  if (status === 'ENABLED' || status === 'ENABLING') return
  await call('DynamoDB_20120810.UpdateTimeToLive', {
    TableName: name,
    TimeToLiveSpecification: { AttributeName: ttlAttribute, Enabled: true },
  })
}

/** Creates the template's tables; one that a kept directory holds already stays as it is. */
export async function createTables(call: EngineCall, tables: readonly LocalTable[]): Promise<void> {
  for (const table of tables) {
    try {
      await call('DynamoDB_20120810.CreateTable', definitionOf(table))
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'ResourceInUseException') throw error
    }
    await enableTimeToLive(call, table)
  }
}
