import type { LocalSystem } from '../template.ts'
import { conditionKeys, questionsOf } from './dynamodb-access.ts'
import { askForCapacity, takeCapacity } from './dynamodb-capacity.ts'
import { callEngine } from './dynamodb-client.ts'
import { startEngine } from './dynamodb-engine.ts'
import { followStreams, type StreamRecord } from './dynamodb-stream.ts'
import { createStreamApi, isForStreams, streamQuestions } from './dynamodb-stream-api.ts'
import { createTables } from './dynamodb-tables.ts'
import { forwardTo } from './forward.ts'
import { type Environment, replacementUrl } from './replacement.ts'
import type { LocalService } from './service.ts'

export interface DynamoDb extends LocalService {
  /** Calls the listener for every change from now on and for those still in the stream; answers how to stop. */
  onRecord(listener: (record: StreamRecord) => void): () => void
}

/**
 * DynamoDB with the template's tables: a real engine behind IAM.
 *
 * @throws EngineUnavailable
 */
export async function startDynamoDb(
  system: LocalSystem,
  environment: Environment,
  dataDirectory?: string,
): Promise<DynamoDb> {
  const url = replacementUrl('dynamodb', environment)
  const engine = url
    ? { url, close: async () => undefined }
    : await startEngine(environment, dataDirectory)
  const forwarder = forwardTo(engine.url)
  const streams = forwardTo(environment['AWS_ENDPOINT_URL_DYNAMODB_STREAMS'] || engine.url)
  const followers = new Set<() => void>()
  const close = async () => {
    for (const stop of followers) stop()
    forwarder.close()
    streams.close()
    await engine.close()
  }
  await createTables(callEngine(forwarder), system.tables).catch(async (error: unknown) => {
    await close()
    throw error
  })
  const serveStream = createStreamApi(system, callEngine(streams))
  return {
    name: 'dynamodb',
    conditionKeys,
    questions: (request) =>
      isForStreams(request) ? streamQuestions(system, request) : questionsOf(system, request),
    serve: async (request) =>
      isForStreams(request)
        ? serveStream(request)
        : takeCapacity(request, await forwarder.send(askForCapacity(request))),
    close,
    onRecord(listener) {
      const stop = followStreams(callEngine(streams), listener)
      followers.add(stop)
      return stop
    },
  }
}
