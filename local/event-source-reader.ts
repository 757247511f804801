import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { EndpointClient } from './endpoint-client.ts'
import { type Batch, type EventRecord, judgeBatch } from './event-batch.ts'
import { parseEventPattern } from './event-pattern.ts'
import type { Checkpoints } from './event-source-checkpoints.ts'
import { failureMessage } from './event-source-failure.ts'
import type { ReaderSettings } from './event-source-messages.ts'
import { openStream, type Page } from './event-source-stream.ts'
import type { Outcome } from './lambda-instance.ts'

export interface ReaderParts {
  readonly settings: ReaderSettings
  readonly client: EndpointClient
  readonly checkpoints: Checkpoints
  readonly invoke: (event: unknown) => Promise<Outcome>
  readonly onTrouble: (error: unknown) => void
}

/** Between two looks at a stream that has nothing new; it stands for the batching window, too. */
const pauseMs = 150
const longestPauseMs = 2000

/** Follows one stream until its thread ends: what is dealt with is written down, and nothing else is remembered. */
export async function followEventSource(parts: ReaderParts): Promise<never> {
  const cursor = openStream(parts.client, parts.settings.source, parts.checkpoints)
  const accepts = filterOf(parts.settings)
  for (;;) {
    try {
      for await (const page of cursor.read()) await handlePage(parts, page, accepts)
    } catch (error) {
      parts.onTrouble(error)
    }
    await delay(pauseMs)
  }
}

function filterOf({ source }: ReaderSettings): (record: EventRecord) => boolean {
  const patterns = source.filters.map(parseEventPattern)
  return (record) => patterns.length === 0 || patterns.some((matches) => matches(record))
}

async function handlePage(
  parts: ReaderParts,
  { shard, records }: Page,
  accepts: (record: EventRecord) => boolean,
): Promise<void> {
  const { source } = parts.settings
  const wanted = records.filter(accepts)
  for (let start = 0; start < wanted.length; start += source.batchSize) {
    await handleBatch(parts, shard, wanted.slice(start, start + source.batchSize))
  }
  reach(parts, shard, records)
}

const reach = ({ checkpoints }: ReaderParts, shard: string, records: readonly EventRecord[]) => {
  const last = records.at(-1)?.dynamodb.SequenceNumber
  if (last !== undefined) checkpoints.set(shard, last)
}

/** Calls the function until nothing of the batch remains, whether handled or given up. */
async function handleBatch(parts: ReaderParts, shard: string, records: readonly EventRecord[]) {
  let batches: readonly Batch[] = [{ records, attempts: 0 }]
  for (let failures = 0; ; ) {
    const [batch, ...others] = batches
    if (batch === undefined) return
    const outcome = await parts.invoke(eventOf(parts.settings, batch))
    const verdict = judgeBatch(batch, outcome, parts.settings.source, Date.now())
    if (verdict.discarded) await discard(parts, shard, verdict.discarded)
    batches = [...verdict.remaining, ...others]
    reach(parts, shard, recordsBefore(records, batches[0]))
    failures = verdict.hasProgress ? 0 : failures + 1
    if (failures > 0) await delay(Math.min(50 * 2 ** failures, longestPauseMs))
  }
}

/** Everything up to the first record that is still to be handled. */
function recordsBefore(records: readonly EventRecord[], next: Batch | undefined) {
  const [first] = next?.records ?? []
  return first === undefined ? records : records.slice(0, records.indexOf(first))
}

const eventOf = ({ source }: ReaderSettings, { records }: Batch) => ({
  Records: records.map((record) => ({ ...record, eventSourceARN: source.streamArn })),
})

async function discard({ settings, client }: ReaderParts, shard: string, batch: Batch) {
  const { onFailure } = settings.source
  if (onFailure === undefined) return
  const [, , , region, accountId, queue] = onFailure.split(':')
  const message = failureMessage(settings, batch, shard, randomUUID())
  await client.call('AmazonSQS.SendMessage', {
    QueueUrl: `https://sqs.${region}.amazonaws.com/${accountId}/${queue}`,
    MessageBody: JSON.stringify(message),
  })
}
