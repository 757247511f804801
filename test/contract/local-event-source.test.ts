import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EventSources, startEventSources } from '#local/event-sources.ts'
import type { Outcome } from '#local/lambda-instance.ts'
import { createLog } from '#local/log.ts'
import { startSchedules } from '#local/schedules.ts'
import { eventually, type LakeFixture, startLakeFixture } from './lake-fixture.ts'

let fixture: LakeFixture
let directory: string
let sources: EventSources
let table: DynamoDBClient

/** What the function was handed, and what it does with it. */
const batches: string[][] = []
let answer: (ids: readonly string[], records: readonly Handed[]) => Outcome

interface Handed {
  readonly eventSourceARN: string
  readonly awsRegion: string
  readonly dynamodb: {
    readonly SequenceNumber: string
    readonly NewImage: { readonly pk: { readonly S: string } }
  }
}

const good: Outcome = { kind: 'answered', payload: undefined }

async function invoke(_name: string, event: unknown): Promise<Outcome> {
  const { Records }: { Records: Handed[] } = JSON.parse(JSON.stringify(event))
  const ids = Records.map(({ dynamodb }) => dynamodb.NewImage.pk.S)
  batches.push(ids)
  return answer(ids, Records)
}

const start = () =>
  startEventSources({
    system: fixture.system,
    awsEndpoint: fixture.endpoint.url,
    directory,
    functions: { invoke },
    log: createLog(),
  })

beforeAll(async () => {
  fixture = await startLakeFixture()
  directory = await mkdtemp(join(tmpdir(), 'sallyport-source-'))
  table = new DynamoDBClient(fixture.clientOf('operator'))
  answer = () => good
  sources = await start()
})

afterAll(async () => {
  await sources?.close()
  await fixture?.endpoint.close()
  await rm(directory, { recursive: true, force: true })
})

const TableName = () => fixture.system.tables[0]?.name

const put = (pk: string, hasEvent = true) =>
  table.send(
    new PutItemCommand({
      TableName: TableName(),
      Item: { pk: { S: pk }, ...(hasEvent && { event: { M: { id: { S: pk } } } }) },
    }),
  )

async function handled(ids: readonly string[]): Promise<readonly string[]> {
  const seen = () => batches.flat()
  await eventually(
    async () => seen(),
    (all) => ids.every((id) => all.includes(id)),
  )
  return seen()
}

test('a change that the filter lets through reaches the function, in order and in batches', async () => {
  let records: readonly Handed[] = []
  answer = (_, all) => {
    records = all
    return good
  }
  await put('quiet', false)
  const ids = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']
  for (const id of ids) await put(id)
  await table.send(new DeleteItemCommand({ TableName: TableName(), Key: { pk: { S: 'a1' } } }))
  expect(await handled(ids)).toEqual(ids)
  expect(batches.every(({ length }) => length <= 4)).toBe(true)
  expect(records[0]).toMatchObject({
    eventSourceARN: fixture.system.eventSources[0]?.streamArn,
    awsRegion: fixture.system.region,
  })
})

test('ReportBatchItemFailures: only what failed, and what follows it, comes again', async () => {
  batches.length = 0
  let failures = 1
  answer = (ids, records) => {
    const bad = records[ids.indexOf('b2')]
    if (!bad || failures === 0) return good
    failures -= 1
    const { SequenceNumber: itemIdentifier } = bad.dynamodb
    return { kind: 'answered', payload: { batchItemFailures: [{ itemIdentifier }] } }
  }
  await Promise.all([put('b1'), put('b2')])
  await eventually(
    async () => failures,
    (left) => left === 0,
  )
  await put('b3')
  const all = await handled(['b1', 'b2', 'b3'])
  expect(all.filter((id) => id === 'b2').length).toBe(2)
  expect(all.filter((id) => id === 'b3').length).toBe(1)
})

test('a record that always fails is singled out, given up, and its place told to the queue', async () => {
  batches.length = 0
  answer = (ids) => (ids.includes('c2') ? { kind: 'failed', reason: 'poison' } : good)
  for (const id of ['c1', 'c2', 'c3']) await put(id)
  const sqs = new SQSClient(fixture.clientOf('operator'))
  const QueueUrl = fixture.system.queues[0]?.url
  const { Messages = [] } = await eventually(
    () => sqs.send(new ReceiveMessageCommand({ QueueUrl })),
    ({ Messages: found = [] }) => found.length > 0,
  )
  expect(JSON.parse(Messages[0]?.Body ?? '')).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
    DDBStreamBatchInfo: { batchSize: 1, streamArn: fixture.system.eventSources[0]?.streamArn },
  })
  const all = await handled(['c1', 'c2', 'c3'])
  expect(all.filter((id) => id === 'c2').length).toBeGreaterThanOrEqual(2)
  const { ReceiptHandle } = Messages[0] ?? {}
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
})

test('a killed reader goes on from its checkpoint: nothing is left out', async () => {
  batches.length = 0
  answer = () => good
  const ids = Array.from({ length: 30 }, (_, index) => `d${String(index).padStart(2, '0')}`)
  for (const [place, id] of ids.entries()) {
    await put(id)
    if (place % 10 === 5) expect(await sources.killReaders()).toBe(1)
  }
  const all = await handled(ids)
  expect([...new Set(all.filter((id) => id.startsWith('d')))]).toEqual(ids)
})

test('checkpoints survive the whole process: what was dealt with does not come again', async () => {
  await sources.close()
  batches.length = 0
  const [file = ''] = fixture.system.eventSources.map(({ id }) => join(directory, `${id}.json`))
  expect(Object.values(JSON.parse(await readFile(file, 'utf8')))).toEqual([expect.any(String)])
  await put('e1')
  sources = await start()
  expect(await handled(['e1'])).toEqual(['e1'])
})

test('the reader reads in the name of the function’s role', () => {
  const actions = fixture.endpoint.calls.filter(({ caller }) => caller === 'worker')
  expect(new Set(actions.map(({ action }) => action))).toEqual(
    new Set([
      'dynamodb:ListStreams',
      'dynamodb:DescribeStream',
      'dynamodb:GetShardIterator',
      'dynamodb:GetRecords',
      'sqs:SendMessage',
    ]),
  )
  expect(actions.every(({ allowed }) => allowed)).toBe(true)
})

test('EventBridge: a rule can be fired now, by its name or by its function', async () => {
  const events: unknown[] = []
  const schedules = startSchedules({
    system: fixture.system,
    functions: {
      invoke: async (name, event) => {
        events.push({ name, event })
        return good
      },
    },
  })
  expect(await schedules.fire('hourly')).toEqual([good])
  expect(await schedules.fire('worker')).toEqual([good])
  await expect(schedules.fire('yearly')).rejects.toThrow('no rule is named yearly')
  schedules.close()
  const rule = `arn:aws:events:${fixture.system.region}:${fixture.system.accountId}:rule/hourly`
  expect(events[0]).toMatchObject({
    name: 'worker',
    event: {
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      resources: [rule],
      detail: {},
    },
  })
})
