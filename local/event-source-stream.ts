import { z } from 'zod'
import type { EndpointClient } from './endpoint-client.ts'
import { type EventRecord, streamRecord } from './event-batch.ts'
import type { Checkpoints } from './event-source-checkpoints.ts'
import type { LocalEventSource } from './template.ts'

export interface Page {
  readonly shard: string
  readonly records: readonly EventRecord[]
}

/** Reads a stream on from where its checkpoints are. */
export interface StreamCursor {
  /** What there is now, a page a shard; reads the same again until its checkpoint moves or `advance` is called. */
  read(): AsyncIterable<Page>
}

const description = z.object({
  StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }),
})
const iterator = z.object({ ShardIterator: z.string() })
const answer = z.object({
  Records: z.array(streamRecord),
  NextShardIterator: z.string().optional(),
})

/** DynamoDB's own limit of one answer. */
const recordsAtOnce = 1000

export function openStream(
  client: EndpointClient,
  { streamArn, startingPosition }: Pick<LocalEventSource, 'streamArn' | 'startingPosition'>,
  checkpoints: Checkpoints,
): StreamCursor {
  const iterators = new Map<string, string>()
  const ask = (operation: string, input: object) =>
    client.call(`DynamoDBStreams_20120810.${operation}`, input)

  async function open(shard: string): Promise<string> {
    const reached = checkpoints.get(shard)
    const place =
      reached === undefined
        ? { ShardIteratorType: startingPosition }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: reached }
    const input = { StreamArn: streamArn, ShardId: shard, ...place }
    return iterator.parse(await ask('GetShardIterator', input)).ShardIterator
  }

  async function readShard(shard: string): Promise<Page> {
    const from = iterators.get(shard) ?? (await open(shard))
    // Only a page that was dealt with is passed over: an error in between opens the shard anew.
    iterators.delete(shard)
    const page = answer.parse(
      await ask('GetRecords', { ShardIterator: from, Limit: recordsAtOnce }),
    )
    if (page.NextShardIterator !== undefined) next.set(shard, page.NextShardIterator)
    return { shard, records: page.Records }
  }

  const next = new Map<string, string>()
  let isKnown = false
  /** Lambda looks for the stream before it reads it, and its role has to allow that. */
  async function find(): Promise<void> {
    if (isKnown) return
    const [, table] = /:table\/([^/]+)\/stream\//.exec(streamArn) ?? []
    await ask('ListStreams', { TableName: table })
    isKnown = true
  }

  return {
    async *read() {
      await find()
      const found = description.parse(await ask('DescribeStream', { StreamArn: streamArn }))
      for (const { ShardId } of found.StreamDescription.Shards) {
        yield await readShard(ShardId)
        const following = next.get(ShardId)
        if (following !== undefined) iterators.set(ShardId, following)
      }
    },
  }
}
