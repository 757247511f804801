import { randomBytes } from 'node:crypto'
import type http from 'node:http'
import { type AwsCall, createAuthorization, type Usage } from './aws-authorization.ts'
import { type Attempt, createHandler, createServer } from './aws-server.ts'
import { type Consumption, createConsumptionMeter } from './consumption.ts'
import { createFaults, type Faults, type FunctionCall } from './faults.ts'
import { startDynamoDb } from './services/dynamodb.ts'
import type { StreamRecord } from './services/dynamodb-stream.ts'
import { createKms } from './services/kms.ts'
import { createLake } from './services/lake.ts'
import { orReplacement } from './services/replacement.ts'
import { createSes, type Mail } from './services/ses.ts'
import type { QueueLength } from './services/sqs-queue.ts'
import { createSsm } from './services/ssm.ts'
import { createSts } from './services/sts.ts'
import type { LocalSystem } from './template.ts'

export type { AwsCall, Consumption, FunctionCall, Mail, StreamRecord, Usage }

export interface AwsEndpoint {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string
  /** Credentials that may do everything. */
  readonly operator: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** Every decision so far, the newest last; only so many are kept. */
  readonly calls: readonly AwsCall[]
  usage(): readonly Usage[]
  /** Calls and capacity units of the functions so far. */
  consumption(): readonly Consumption[]
  /** What goes wrong on purpose with the functions' calls. */
  readonly faults: Faults
  inbox(): readonly Mail[]
  /** What waits in the queues, those of dead letters included. */
  queues(): readonly QueueLength[]
  /** Where files are kept: the data directory, or one that is removed in the end. */
  readonly directory: string
  /** Kills the processes that deliver to S3. @returns how many */
  killDelivery(): number
  /** Calls a listener for every decision; answers how to stop. */
  onCall(listener: (call: AwsCall) => void): () => void
  /** Calls a listener for every attempt of a function to call AWS; answers how to stop. */
  onAttempt(listener: (call: FunctionCall) => void): () => void
  /** Calls a listener for every change of a table, also for those before it came; answers how to stop. */
  onRecord(listener: (record: StreamRecord) => void): () => void
  close(): Promise<void>
}

export interface AwsEndpointOptions {
  readonly system: LocalSystem
  /** Keeps tables and keys between runs; without it they are in memory. */
  readonly dataDirectory?: string
  /** Where `AWS_ENDPOINT_URL_<SERVICE>` is read from. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

function listen(server: http.Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
    })
  })
}

/** Functions to call, and a way to be called no more. */
function createListeners<T>() {
  const listeners = new Set<(value: T) => void>()
  return {
    tell: (value: T): void => {
      for (const listener of listeners) listener(value)
    },
    add(listener: (value: T) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

async function startServices(
  { system, dataDirectory, environment = process.env }: AwsEndpointOptions,
  operator: AwsEndpoint['operator'],
  endpointUrl: () => string,
) {
  const dynamoDb = await startDynamoDb(system, environment, dataDirectory)
  const ses = createSes(system)
  const lake = createLake({ system, endpointUrl, ...(dataDirectory && { dataDirectory }) })
  const others = [
    createKms(system, dataDirectory),
    createSsm(system),
    createSts(system, operator),
    ses,
    ...lake.services,
  ]
  const all = [dynamoDb, ...others.map((service) => orReplacement(service, environment))]
  const close = async () => {
    await Promise.all(all.map((service) => service.close()))
    await lake.close()
  }
  return { dynamoDb, ses, lake, all, close }
}

const createOperator = (): AwsEndpoint['operator'] => ({
  accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(20).toString('hex'),
})

/**
 * AWS on loopback: asks IAM about every call as the template's policies say, then serves it.
 *
 * @throws EngineUnavailable when there is no engine for the tables
 */
export async function startAwsEndpoint(options: AwsEndpointOptions): Promise<AwsEndpoint> {
  let url = ''
  const operator = createOperator()
  const services = await startServices(options, operator, () => url)
  try {
    const { tell, add: onCall } = createListeners<AwsCall>()
    const attempts = createListeners<FunctionCall>()
    const faults = createFaults()
    const meter = createConsumptionMeter()
    const attempt: Attempt = (call, serve) => {
      attempts.tell(call)
      return faults.meet(call, () => meter.measure(call, serve))
    }
    const { calls, usage, ...authorization } = createAuthorization(
      options.system,
      services.all,
      tell,
    )
    const handle = createHandler(
      options.system,
      services.all,
      authorization,
      operator.accessKeyId,
      attempt,
    )
    const server = createServer(handle)
    url = await listen(server)
    services.lake.resume()
    const close = async () => {
      server.close()
      server.closeAllConnections()
      await services.close()
    }
    const { inbox } = services.ses
    return {
      url,
      operator,
      calls,
      usage,
      consumption: meter.rows,
      faults,
      inbox,
      queues: services.lake.queues,
      directory: services.lake.directory,
      killDelivery: services.lake.killDelivery,
      onCall,
      onAttempt: attempts.add,
      onRecord: services.dynamoDb.onRecord,
      close,
    }
  } catch (error) {
    await services.close()
    throw error
  }
}
