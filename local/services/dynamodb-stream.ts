import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { EngineCall } from './dynamodb-client.ts'
import { attributeMap, plainItem } from './dynamodb-values.ts'

/** One change of an item, its images as plain values. */
export interface StreamRecord {
  readonly table: string
  readonly change: 'INSERT' | 'MODIFY' | 'REMOVE'
  readonly keys: Readonly<Record<string, unknown>>
  readonly newImage: Readonly<Record<string, unknown>> | undefined
  readonly oldImage: Readonly<Record<string, unknown>> | undefined
  /** Milliseconds since the epoch, exact to the second. */
  readonly at: number
}

const image = attributeMap.transform(plainItem).optional()

const streams = z.object({
  Streams: z.array(z.object({ StreamArn: z.string(), TableName: z.string() })),
})
const description = z.object({
  StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }),
})
const iterator = z.object({ ShardIterator: z.string() })
const records = z.object({
  NextShardIterator: z.string().optional(),
  Records: z.array(
    z.object({
      eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
      dynamodb: z.object({
        ApproximateCreationDateTime: z.number(),
        Keys: attributeMap.transform(plainItem),
        NewImage: image,
        OldImage: image,
      }),
    }),
  ),
})

interface Shard {
  readonly table: string
  readonly stream: string
  readonly shard: string
}

type Listener = (record: StreamRecord) => void

const ask = (call: EngineCall, operation: string, input: object): Promise<unknown> =>
  call(`DynamoDBStreams_20120810.${operation}`, input)

async function shardsOf(call: EngineCall): Promise<readonly Shard[]> {
  const { Streams } = streams.parse(await ask(call, 'ListStreams', {}))
  const found = Streams.map(async ({ StreamArn, TableName }) => {
    const answer = await ask(call, 'DescribeStream', { StreamArn })
    const { Shards } = description.parse(answer).StreamDescription
    return Shards.map(({ ShardId }) => ({ table: TableName, stream: StreamArn, shard: ShardId }))
  })
  return (await Promise.all(found)).flat()
}

async function openShard(call: EngineCall, { stream, shard }: Shard): Promise<string> {
  const input = { StreamArn: stream, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' }
  return iterator.parse(await ask(call, 'GetShardIterator', input)).ShardIterator
}

/** Delivers what there is and answers where to go on. */
async function readOn(call: EngineCall, table: string, from: string, listener: Listener) {
  const input = { ShardIterator: from, Limit: 1000 }
  const { Records, NextShardIterator } = records.parse(await ask(call, 'GetRecords', input))
  for (const { eventName, dynamodb } of Records) {
    listener({
      table,
      change: eventName,
      keys: dynamodb.Keys,
      newImage: dynamodb.NewImage,
      oldImage: dynamodb.OldImage,
      at: dynamodb.ApproximateCreationDateTime * 1000,
    })
  }
  return NextShardIterator
}

/**
 * Hands every change of every table to a listener, in order, a moment after it happened.
 *
 * An engine that has no streams, or that is just being stopped, only makes it wait.
 *
 * @param pauseMs between two looks
 * @returns what ends it
 */
export function followStreams(call: EngineCall, listener: Listener, pauseMs = 500): () => void {
  const stopping = new AbortController()
  const positions = new Map<string, string | undefined>()
  const look = async () => {
    for (const shard of await shardsOf(call)) {
      const id = `${shard.stream}/${shard.shard}`
      const from = positions.has(id) ? positions.get(id) : await openShard(call, shard)
      if (from) positions.set(id, await readOn(call, shard.table, from, listener))
    }
  }
  const follow = async () => {
    while (!stopping.signal.aborted) {
      await look().catch(() => undefined)
      await delay(pauseMs, undefined, { signal: stopping.signal, ref: false })
    }
  }
  follow().catch(() => undefined)
  return () => stopping.abort()
}
