import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalSystem } from '../template.ts'
import type { EngineCall } from './dynamodb-client.ts'
import {
  AwsError,
  type AwsRequest,
  jsonResponse,
  type Question,
  unknownOperation,
} from './service.ts'

type Facts = Pick<LocalSystem, 'tables' | 'region' | 'accountId'>
type Input = AwsRequest['input']

const byArn = z.looseObject({ StreamArn: z.string() })
const byIterator = z.looseObject({ ShardIterator: z.string() })
const listed = z.object({
  Streams: z.array(z.object({ StreamArn: z.string(), TableName: z.string() })),
})
const opened = z.object({ ShardIterator: z.string() })
const read = z.looseObject({
  Records: z.array(z.looseObject({ awsRegion: z.string().optional() })),
  NextShardIterator: z.string().optional(),
})
const described = z.object({ StreamDescription: z.looseObject({ StreamArn: z.string() }) })

export const isForStreams = ({ headers }: AwsRequest): boolean =>
  (headers['x-amz-target'] ?? '').startsWith('DynamoDBStreams_')

/** An iterator begins with the ARN of its stream, on AWS too; IAM is asked about that. */
function streamOf(facts: Facts, { action, input }: AwsRequest): string {
  if (action === 'ListStreams') return anyStreamOf(facts, input['TableName'])
  if (action !== 'GetRecords') return byArn.parse(input).StreamArn
  return splitIterator(byIterator.parse(input).ShardIterator).streamArn
}

const anyStreamOf = ({ tables }: Facts, table: unknown): string =>
  tables.filter(({ name }) => name === table).map(({ arn }) => `${arn}/stream/*`)[0] ?? '*'

function splitIterator(iterator: string) {
  const end = iterator.indexOf('|')
  if (end < 0) throw new AwsError('ValidationException', 'Invalid ShardIterator')
  return { streamArn: iterator.slice(0, end), inner: iterator.slice(end + 1) }
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export const streamQuestions = (facts: Facts, request: AwsRequest): readonly Question[] => [
  { action: `dynamodb:${request.action}`, resource: streamOf(facts, request), context: {} },
]

/** The streams under the ARNs that the template gives them, whatever the engine calls its own. */
export function createStreamApi(facts: Facts, engine: EngineCall) {
  const ask = (action: string, input: object) => engine(`DynamoDBStreams_20120810.${action}`, input)

  async function engineArn(streamArn: string): Promise<string> {
    const [, table] = /:table\/([^/]+)\/stream\//.exec(streamArn) ?? []
    const { Streams } = listed.parse(await ask('ListStreams', { TableName: table }))
    const found = Streams.find(({ TableName }) => TableName === table)
    if (found) return found.StreamArn
    throw new AwsError('ResourceNotFoundException', `Stream: ${streamArn} not found`)
  }

  const operations: Readonly<Record<string, (input: Input) => Promise<object>>> = {
    async ListStreams({ TableName }) {
      const tables = facts.tables
        .filter(({ name }) => TableName === undefined || name === TableName)
        .filter(({ streamArn }) => streamArn !== undefined)
      return {
        Streams: tables.map(({ name, streamArn }) => ({
          StreamArn: streamArn,
          TableName: name,
          StreamLabel: streamArn?.replace(/^.*\/stream\//, ''),
        })),
      }
    },
    async DescribeStream(input) {
      const { StreamArn, ...more } = byArn.parse(input)
      const answer = await ask('DescribeStream', {
        StreamArn: await engineArn(StreamArn),
        ...more,
      })
      const { StreamDescription } = described.parse(answer)
      return { StreamDescription: { ...StreamDescription, StreamArn } }
    },
    async GetShardIterator(input) {
      const { StreamArn, ...more } = byArn.parse(input)
      const answer = await ask('GetShardIterator', {
        StreamArn: await engineArn(StreamArn),
        ...more,
      })
      return { ShardIterator: `${StreamArn}|${opened.parse(answer).ShardIterator}` }
    },
    async GetRecords(input) {
      const { ShardIterator, ...more } = byIterator.parse(input)
      const { streamArn, inner } = splitIterator(ShardIterator)
      const answer = read.parse(await ask('GetRecords', { ShardIterator: inner, ...more }))
      const next = answer.NextShardIterator
      return {
        Records: answer.Records.map((record) => ({ ...record, awsRegion: facts.region })),
        ...(next !== undefined && { NextShardIterator: `${streamArn}|${next}` }),
      }
    },
  }

  return async ({ action, input }: AwsRequest) => {
    const operation = ownEntry(operations, action)
    if (!operation) throw unknownOperation(action)
    return jsonResponse(await operation(input), 'application/x-amz-json-1.0')
  }
}
