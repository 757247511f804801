import { setTimeout as delay } from 'node:timers/promises'
import {
  FirehoseClient,
  type FirehoseClientConfig,
  PutRecordBatchCommand,
} from '@aws-sdk/client-firehose'
import type { AuditRow } from '#shared/audit/columns.ts'
import type { AuditDelivery } from '#shared/ports/audit-delivery.ts'
import { clientSettings } from './client-settings.ts'

/** The most that one call takes; 500 rows of a kilobyte stay far below its 4 MiB. */
const mostRows = 500

/** How long to wait before each further try of what was not taken. */
const pausesMs = [100, 400, 1600]

interface Parts {
  readonly client: FirehoseClient
  /** Name of the delivery stream. */
  readonly stream: string
}

export const firehoseClient = (config: FirehoseClientConfig = {}): FirehoseClient =>
  new FirehoseClient({ ...clientSettings, ...config })

/** Hands rows over once and answers those that were not taken. */
async function put({ client, stream }: Parts, rows: readonly AuditRow[]): Promise<AuditRow[]> {
  const command = new PutRecordBatchCommand({
    DeliveryStreamName: stream,
    Records: rows.map((row) => ({ Data: Buffer.from(`${JSON.stringify(row)}\n`) })),
  })
  const { RequestResponses: answers = [] } = await client.send(command)
  return rows.filter((_, index) => answers[index]?.RecordId === undefined)
}

async function putPersistently(parts: Parts, rows: readonly AuditRow[]): Promise<AuditRow[]> {
  let left = await put(parts, rows)
  for (const pauseMs of pausesMs) {
    if (left.length === 0) return left
    await delay(pauseMs)
    left = await put(parts, left)
  }
  return left
}

/**
 * Delivers to the lake through Firehose, which takes a batch in part.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html
 */
export const firehoseDelivery = (parts: Parts): AuditDelivery => ({
  async deliver(rows) {
    const left = new Set<AuditRow>()
    for (let from = 0; from < rows.length; from += mostRows) {
      const refused = await putPersistently(parts, rows.slice(from, from + mostRows))
      for (const row of refused) left.add(row)
    }
    return left
  },
})
