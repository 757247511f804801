import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { createEndpointClient, type EndpointClient } from './endpoint-client.ts'
import type { Functions } from './lambda.ts'
import type { Outcome } from './lambda-instance.ts'
import type { Log } from './log.ts'
import type { LocalQueueSource, LocalSystem } from './template.ts'

export interface QueueSourcesOptions {
  readonly system: Pick<LocalSystem, 'queueSources' | 'queues' | 'functions' | 'region'>
  readonly awsEndpoint: string
  readonly functions: Pick<Functions, 'invoke'>
  readonly log: Log
}

interface Reader {
  readonly source: LocalQueueSource
  readonly client: EndpointClient
  readonly queueUrl: string
  readonly region: string
  readonly functions: Pick<Functions, 'invoke'>
}

const message = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  Attributes: z.record(z.string(), z.string()),
})
type Message = z.infer<typeof message>
const received = z.object({ Messages: z.array(message).default([]) })

const partialFailures = z.looseObject({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
})

/** After a failure. */
const pauseMs = 150

/** A question stays open for so long while there is nothing. */
const waitSeconds = 20

/** Calls functions with what lies in the template's queues, in the name of their roles. @returns what ends it */
export function startQueueSources(options: QueueSourcesOptions): () => void {
  const stopping = new AbortController()
  for (const source of options.system.queueSources) {
    void follow(readerOf(source, options), options.log, stopping.signal)
  }
  return () => stopping.abort()
}

function readerOf(source: LocalQueueSource, options: QueueSourcesOptions): Reader {
  const { system, awsEndpoint, functions } = options
  const fn = system.functions.find(({ name }) => name === source.functionName)
  const queue = system.queues.find(({ arn }) => arn === source.queueArn)
  if (!fn || !queue) throw new Error(`no function or no queue for ${source.functionName}`)
  const client = createEndpointClient({ endpoint: awsEndpoint, accessKeyId: fn.accessKeyId })
  return { source, client, queueUrl: queue.url, region: system.region, functions }
}

/** Lambda looks at the queue before it reads it, and its role has to allow that. */
async function follow(reader: Reader, log: Log, signal: AbortSignal): Promise<void> {
  let isKnown = false
  while (!signal.aborted) {
    try {
      if (!isKnown) await look(reader)
      isKnown = true
      await handleSome(reader)
    } catch (error) {
      if (!signal.aborted) report(log, reader, error)
      await delay(pauseMs, undefined, { ref: false })
    }
  }
}

const look = ({ client, queueUrl: QueueUrl }: Reader) =>
  client.call('AmazonSQS.GetQueueAttributes', { QueueUrl })

async function handleSome(reader: Reader): Promise<void> {
  const { client, source, queueUrl: QueueUrl } = reader
  const input = {
    QueueUrl,
    MaxNumberOfMessages: source.batchSize,
    WaitTimeSeconds: waitSeconds,
  }
  const { Messages } = received.parse(await client.call('AmazonSQS.ReceiveMessage', input))
  if (Messages.length === 0) return
  const outcome = await reader.functions.invoke(source.functionName, eventOf(reader, Messages))
  const done = doneOf(outcome, Messages, source)
  if (done.length > 0) {
    const Entries = done.map(({ MessageId: Id, ReceiptHandle }) => ({ Id, ReceiptHandle }))
    await client.call('AmazonSQS.DeleteMessageBatch', { QueueUrl, Entries })
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#sample-standard-queue-message-event */
const eventOf = ({ source, region }: Reader, messages: readonly Message[]) => ({
  Records: messages.map(({ MessageId, ReceiptHandle, Body, MD5OfBody, Attributes }) => ({
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    messageAttributes: {},
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: source.queueArn,
    awsRegion: region,
  })),
})

/**
 * What is deleted; the rest comes again when its time is over.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
function doneOf(
  outcome: Outcome,
  messages: readonly Message[],
  { reportsBatchItemFailures }: LocalQueueSource,
): readonly Message[] {
  if (outcome.kind !== 'answered') return []
  if (!reportsBatchItemFailures || outcome.payload == null) return messages
  const answer = partialFailures.safeParse(outcome.payload)
  if (!answer.success) return []
  const failed = new Set(answer.data.batchItemFailures?.map((each) => each.itemIdentifier))
  return messages.filter(({ MessageId }) => !failed.has(MessageId))
}

const report = (log: Log, { source }: Reader, error: unknown) =>
  log.append({
    timestamp: new Date().toISOString(),
    level: 'ERROR',
    function: source.functionName,
    message: `queue reader: ${error}`,
  })
