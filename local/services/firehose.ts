import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalDeliveryStream, LocalSystem } from '../template.ts'
import { createDelivery, type Delivery } from './firehose-delivery.ts'
import { openJournal } from './firehose-journal.ts'
import { parsePartitionQuery } from './firehose-partition.ts'
import { AwsError, jsonResponse, type LocalService, unknownOperation } from './service.ts'

export interface Firehose extends LocalService {
  /** Goes on with what was accepted before a restart. */
  resume(): void
  /** Kills the processes that deliver, in the middle of whatever they do; new ones take over. */
  killDelivery(): number
}

export interface FirehoseOptions {
  readonly system: Pick<LocalSystem, 'deliveryStreams' | 'glueTables' | 'region'>
  /** Where accepted records wait for their delivery. */
  readonly directory: string
  /** The AWS endpoint, once it listens: S3 is written through it, in the name of the stream's role. */
  readonly endpointUrl: () => string
}

/** A minute and 64 MiB at least on AWS; nobody waits that long here. */
const bufferMs = 300
const bufferBytes = 4 * 1024 * 1024

/** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html */
const recordBytes = 1_024_000
const base64Record = z.object({
  Data: z.base64().refine((data) => Buffer.byteLength(data, 'base64') <= recordBytes, {
    message: 'A record is at most 1,000 KiB',
  }),
})
const name = z.object({ DeliveryStreamName: z.string() })
const putRecord = name.extend({ Record: base64Record })
const putRecordBatch = name.extend({ Records: z.array(base64Record).min(1).max(500) })

interface OpenStream {
  accept(records: readonly string[]): void
  readonly delivery: Delivery
  close(): Promise<void>
}

function openStream(stream: LocalDeliveryStream, options: FirehoseOptions): OpenStream {
  const { system, endpointUrl, directory } = options
  const table = system.glueTables.find(
    (each) => each.name === stream.table.name && each.database === stream.table.database,
  )
  if (!table)
    throw new Error(`${stream.name} converts to ${stream.table.name}, which is not declared`)
  parsePartitionQuery(stream.partitionQuery)
  const journal = openJournal(join(directory, stream.name), bufferBytes)
  const delivery = createDelivery(() => ({
    directory: journal.directory,
    endpoint: endpointUrl(),
    accessKeyId: stream.principal.accessKeyId,
    stream: stream.name,
    bucket: stream.bucket,
    prefix: stream.prefix,
    errorPrefix: stream.errorPrefix,
    ...(stream.partitionQuery !== undefined && { partitionQuery: stream.partitionQuery }),
    columns: table.columns,
  }))
  let flushing: NodeJS.Timeout | undefined
  const flush = () => {
    flushing = undefined
    journal.seal()
    delivery.wake()
  }
  return {
    delivery,
    accept(records) {
      journal.append(records)
      if (flushing === undefined) flushing = setTimeout(flush, bufferMs).unref()
    },
    close() {
      clearTimeout(flushing)
      return delivery.close()
    },
  }
}

type Accept = (streamName: string, records: readonly string[]) => void

const operationsWith = (accept: Accept): Readonly<Record<string, (input: unknown) => object>> => ({
  PutRecord(input) {
    const { DeliveryStreamName, Record } = putRecord.parse(input)
    accept(DeliveryStreamName, [Record.Data])
    return { RecordId: randomUUID(), Encrypted: false }
  },
  PutRecordBatch(input) {
    const { DeliveryStreamName, Records } = putRecordBatch.parse(input)
    accept(
      DeliveryStreamName,
      Records.map(({ Data }) => Data),
    )
    const RequestResponses = Records.map(() => ({ RecordId: randomUUID() }))
    return { FailedPutCount: 0, Encrypted: false, RequestResponses }
  },
})

/**
 * Delivery streams that write Parquet to S3.
 *
 * What was accepted is on disk; what is delivered when its process dies is delivered again: twice perhaps, never not at all.
 */
export function createFirehose(options: FirehoseOptions): Firehose {
  const { deliveryStreams } = options.system
  const open = new Map<string, OpenStream>()
  const accept = (streamName: string, records: readonly string[]) => {
    const stream = deliveryStreams.find((each) => each.name === streamName)
    if (!stream) {
      throw new AwsError('ResourceNotFoundException', `Firehose ${streamName} not found.`)
    }
    const found = open.get(streamName) ?? openStream(stream, options)
    open.set(streamName, found)
    found.accept(records)
  }
  const operations = operationsWith(accept)
  const arnOf = (streamName: string): string =>
    deliveryStreams.find((each) => each.name === streamName)?.arn ?? '*'
  return {
    name: 'firehose',
    conditionKeys: [],
    questions: ({ action, input }) => [
      {
        action: `firehose:${action}`,
        resource: arnOf(name.parse(input).DeliveryStreamName),
        context: {},
      },
    ],
    async serve({ action, input }) {
      const operation = ownEntry(operations, action)
      if (!operation) throw unknownOperation(action)
      return jsonResponse(operation(input))
    },
    resume() {
      for (const stream of deliveryStreams) {
        if (!existsSync(join(options.directory, stream.name))) continue
        const resumed = openStream(stream, options)
        open.set(stream.name, resumed)
        resumed.delivery.wake()
      }
    },
    killDelivery() {
      const deliveries = [...open.values()].map(({ delivery }) => delivery)
      return deliveries.filter((delivery) => delivery.kill()).length
    },
    async close() {
      await Promise.all([...open.values()].map((stream) => stream.close()))
    },
  }
}
