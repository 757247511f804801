import { UpdateTableCommand } from '@aws-sdk/client-dynamodb'
import { BatchWriteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { parameterNames } from '#infra/parameters.ts'
import { documentClient } from '#shared/aws/dynamodb.ts'
import { people } from './credentials.ts'
import { startRecorded } from './recorded-system.ts'
import { signIn } from './sign-in.ts'
import { median, rounded } from './statistics.ts'
import type { BenchSystem } from './system.ts'
import { redeem } from './token-requests.ts'
import { callsIn, usageBetween } from './usage.ts'

/** A login, as it is with so many tenants. */
interface Login {
  readonly login_ms: number
  readonly calls: number
}

export interface TenantsResult {
  readonly idle_tenants: number
  readonly before: Login
  readonly after: Login
}

const tenant = 'kms-wrapped'
const logins = 40
const batch = 25

/** For filling the table only: the functions' own patience stays what it is. */
const patienceMs = 30_000

type Item = Readonly<Record<string, unknown>>

/** Logs in again and again: how long it takes, and how many calls of AWS it makes. */
async function measureLogins(bench: BenchSystem): Promise<Login> {
  const recorded = await startRecorded(bench)
  const contender = recorded.contender(tenant)
  const login = async () => redeem(contender, await signIn(contender, people.cheap))
  for (let warm = 0; warm < 5; warm += 1) await login()
  const before = recorded.used()
  const spent: number[] = []
  for (let count = 0; count < logins; count += 1) {
    const started = performance.now()
    await login()
    spent.push(performance.now() - started)
  }
  const usage = usageBetween(before, recorded.used(), logins)
  await recorded.close()
  return { login_ms: rounded(median(spent), 1), calls: callsIn(usage) }
}

/** What a tenant has that nobody uses: its record, its signing key and a client. */
async function itemsOfTenant(client: DynamoDBDocumentClient, table: string): Promise<Item[]> {
  const partitions = [`TENANT#${tenant}`, `SIGNINGKEY#${tenant}`, `CLIENT#${tenant}#machine`]
  const found = partitions.map((pk) =>
    client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
      }),
    ),
  )
  return (await Promise.all(found)).flatMap(({ Items = [] }) => Items)
}

/** The same items under another tenant's name. */
export const renamed = (items: readonly Item[], from: string, to: string): Item[] =>
  items.map((item) => ({ ...item, pk: String(item['pk']).replace(`#${from}`, `#${to}`) }))

/** Nobody reads these changes, and the engine loads fifteen times faster without a stream. */
async function switchStream(
  client: DynamoDBDocumentClient,
  TableName: string,
  StreamEnabled: boolean,
): Promise<void> {
  const StreamSpecification = {
    StreamEnabled,
    ...(StreamEnabled && { StreamViewType: 'NEW_AND_OLD_IMAGES' as const }),
  }
  await client.send(new UpdateTableCommand({ TableName, StreamSpecification }))
}

async function loadTenants({ system, aws }: BenchSystem, count: number): Promise<void> {
  const client = documentClient({
    endpoint: aws.url,
    region: system.region,
    credentials: aws.operator,
    requestHandler: { requestTimeout: patienceMs },
  })
  const table = system.parameters[parameterNames.tableName] ?? ''
  const originals = await itemsOfTenant(client, table)
  await switchStream(client, table, false)
  let pending: Item[] = []
  const write = async (items: readonly Item[]) => {
    const puts = items.map((item) => ({ PutRequest: { Item: item } }))
    await client.send(new BatchWriteCommand({ RequestItems: { [table]: puts } }))
  }
  for (let number = 0; number < count; number += 1) {
    pending.push(...renamed(originals, tenant, `idle-${number}`))
    if (pending.length < batch) continue
    await write(pending.slice(0, batch))
    pending = pending.slice(batch)
  }
  if (pending.length > 0) await write(pending)
  await switchStream(client, table, true)
  client.destroy()
}

/** Logins before and after so many idle tenants are in the table. */
export async function measureTenants(bench: BenchSystem, count: number): Promise<TenantsResult> {
  const before = await measureLogins(bench)
  await loadTenants(bench, count)
  return { idle_tenants: count, before, after: await measureLogins(bench) }
}
