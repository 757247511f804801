import { randomBytes, randomUUID } from 'node:crypto'
import http from 'node:http'
import { ZodError } from 'zod'
import {
  type Authorization,
  type AwsCall,
  createAuthorization,
  type Usage,
} from './aws-authorization.ts'
import { receive } from './aws-request.ts'
import { startDynamoDb } from './services/dynamodb.ts'
import type { StreamRecord } from './services/dynamodb-stream.ts'
import { createKms } from './services/kms.ts'
import { orReplacement } from './services/replacement.ts'
import { AwsError, type AwsResponse, type LocalService } from './services/service.ts'
import { createSes, type Mail } from './services/ses.ts'
import { createSsm } from './services/ssm.ts'
import type { LocalSystem } from './template.ts'

export type { AwsCall, Mail, StreamRecord, Usage }

export interface AwsEndpoint {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string
  /** Credentials that may do everything. */
  readonly operator: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** Every decision so far, the newest last; only so many are kept. */
  readonly calls: readonly AwsCall[]
  usage(): readonly Usage[]
  inbox(): readonly Mail[]
  /** Calls a listener for every decision; answers how to stop. */
  onCall(listener: (call: AwsCall) => void): () => void
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

function failureOf(error: unknown): AwsError {
  if (error instanceof AwsError) return error
  if (error instanceof ZodError) return new AwsError('ValidationException', error.message)
  return new AwsError('InternalFailure', `The local cloud failed: ${error}`, 500)
}

/** The code in the body for the JSON protocols, in a header for REST: both are always there. */
function errorResponse(error: AwsError): AwsResponse {
  const body = { __type: error.code, message: error.message, Message: error.message }
  return {
    status: error.status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': error.code },
    body: Buffer.from(JSON.stringify(body)),
  }
}

function send(response: http.ServerResponse, answer: AwsResponse): void {
  response.writeHead(answer.status, {
    'x-amzn-requestid': randomUUID(),
    ...answer.headers,
    'content-length': answer.body.length,
  })
  response.end(answer.body)
}

/** Answers one request: who asks, may they, and then the service. */
function createHandler(
  system: LocalSystem,
  all: readonly LocalService[],
  authorization: Pick<Authorization, 'demand' | 'waive'>,
  operatorId: string,
) {
  const services = new Map(all.map((service) => [service.name, service]))
  const callers = new Map(system.functions.map((each) => [each.accessKeyId, each]))
  return async (message: http.IncomingMessage): Promise<AwsResponse> => {
    const { accessKeyId, service: name, request } = await receive(message)
    const caller = callers.get(accessKeyId)
    const service = services.get(name)
    if (!service) throw new AwsError('UnknownOperationException', `There is no ${name} here`)
    if (caller) authorization.demand(caller, name, service.questions(request))
    else if (accessKeyId === operatorId) authorization.waive(name, service.questions(request))
    else {
      throw new AwsError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      )
    }
    return service.serve(request)
  }
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

async function startServices({
  system,
  dataDirectory,
  environment = process.env,
}: AwsEndpointOptions) {
  const dynamoDb = await startDynamoDb(system, environment, dataDirectory)
  const ses = createSes(system)
  const others = [createKms(system, dataDirectory), createSsm(system), ses]
  const all = [dynamoDb, ...others.map((service) => orReplacement(service, environment))]
  const close = async () => {
    await Promise.all(all.map((service) => service.close()))
  }
  return { dynamoDb, ses, all, close }
}

const createOperator = (): AwsEndpoint['operator'] => ({
  accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(20).toString('hex'),
})

function createServer(handle: ReturnType<typeof createHandler>): http.Server {
  return http.createServer((message, response) => {
    handle(message)
      .catch((error: unknown) => errorResponse(failureOf(error)))
      .then((answer) => send(response, answer))
  })
}

/**
 * AWS on loopback: asks IAM about every call as the template's policies say, then serves it.
 *
 * @throws EngineUnavailable when there is no engine for the tables
 */
export async function startAwsEndpoint(options: AwsEndpointOptions): Promise<AwsEndpoint> {
  const services = await startServices(options)
  try {
    const { tell, add: onCall } = createListeners<AwsCall>()
    const { calls, usage, ...authorization } = createAuthorization(
      options.system,
      services.all,
      tell,
    )
    const operator = createOperator()
    const handle = createHandler(options.system, services.all, authorization, operator.accessKeyId)
    const server = createServer(handle)
    const url = await listen(server)
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
      inbox,
      onCall,
      onRecord: services.dynamoDb.onRecord,
      close,
    }
  } catch (error) {
    await services.close()
    throw error
  }
}
