import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { documentClient } from '#shared/aws/dynamodb.ts'
import type { Table } from '#shared/store/table.ts'
import { freePort } from '../../tools/free-port.ts'

/** An engine with the empty table in it. */
export interface TestEngine {
  readonly table: Table
  /** Another client of the same table, for a test that tampers with it. */
  client(config?: DynamoDBClientConfig): DynamoDBDocumentClient
  stop(): Promise<void>
}

const tableName = 'sallyport-test'

const tableDefinition: CreateTableCommandInput = {
  TableName: tableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
}

/** The engine that the platform's package brings, if there is one for the platform. */
function engineBinary(): string | undefined {
  try {
    const resolve = createRequire(import.meta.url).resolve
    const manifest = resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`)
    return [join(dirname(manifest), 'dynoxide')].find(existsSync)
  } catch {
    return undefined
  }
}

const endpointOfChoice = process.env['AWS_ENDPOINT_URL_DYNAMODB']

/** Why the suites cannot run here, or `undefined` when they can; a skipped suite prints it. */
export const missingEngine: string | undefined =
  endpointOfChoice || engineBinary()
    ? undefined
    : `no DynamoDB engine for ${process.platform}-${process.arch}: set AWS_ENDPOINT_URL_DYNAMODB`

async function startEngine(binary: string): Promise<{ url: string; process: ChildProcess }> {
  const port = await freePort()
  const engine = spawn(binary, ['serve', '--port', String(port)], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  for (const started = Date.now(); Date.now() - started < 10_000; ) {
    if (await fetch(url).catch(() => undefined)) return { url, process: engine }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  engine.kill()
  throw new Error('the DynamoDB engine did not start in ten seconds')
}

const stopEngine = (engine: ChildProcess | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (!engine || engine.exitCode !== null) return resolve()
    engine.once('exit', () => resolve())
    engine.kill()
  })

/** Starts the engine that the local cloud uses too, in memory, and creates the table. */
export async function startDynamoDb(): Promise<TestEngine> {
  const binary = engineBinary()
  if (missingEngine) throw new Error(missingEngine)
  const engine = endpointOfChoice || !binary ? undefined : await startEngine(binary)
  const endpoint = engine?.url ?? endpointOfChoice ?? ''
  const client = (config: DynamoDBClientConfig = {}) =>
    documentClient({
      endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      ...config,
    })
  const table = { client: client(), name: `${tableName}-${process.pid}-${Date.now()}` }
  await table.client.send(new CreateTableCommand({ ...tableDefinition, TableName: table.name }))
  return { table, client, stop: () => stopEngine(engine?.process) }
}

/** One engine for the tests of a file or a block, which are skipped with the reason where there is none. */
export function useDynamoDb(
  prepare = async (_: TestEngine): Promise<void> => {},
): () => TestEngine {
  let engine: TestEngine | undefined
  beforeAll(async () => {
    if (missingEngine) return
    engine = await startDynamoDb()
    await prepare(engine)
  })
  beforeEach(({ skip }) => skip(missingEngine !== undefined, missingEngine))
  afterAll(() => engine?.stop())
  return () => {
    if (!engine) throw new Error('the DynamoDB engine runs only while tests do')
    return engine
  }
}
