import { expect, test } from 'vitest'
import { type Worker, workers } from '#infra/workers.ts'
import { parseEventPattern } from '#local/event-pattern.ts'
import { rolesOf, statementsOf } from './policies.ts'
import { ofType, synthesize } from './synthesis.ts'

const { workers: stack } = synthesize()
const table = Object.entries<Worker>(workers)
const functions = new Map(
  ofType(stack, 'AWS::Lambda::Function').map(([, { Properties }]) => [
    Properties['Description'],
    Properties,
  ]),
)
const mappings = new Map(
  ofType(stack, 'AWS::Lambda::EventSourceMapping').map(([id, { Properties }]) => [id, Properties]),
)
const mappingOf = (worker: string): Readonly<Record<string, unknown>> => {
  const [found, ...more] = [...mappings].filter(([id]) => id.startsWith(`workers${worker}trigger`))
  expect(more).toEqual([])
  return found?.[1] ?? {}
}
const patternsOf = (worker: string) =>
  Object(mappingOf(worker)['FilterCriteria']).Filters.map(({ Pattern }: { Pattern: string }) =>
    JSON.parse(Pattern),
  )
const actionsOf = (name: string): readonly string[] =>
  statementsOf(stack, rolesOf(stack)[name] ?? '').flatMap(({ Action }) => Action)

test.each(table)('The worker is as the table says: %s', (name, { memoryMiB, timeoutSeconds }) => {
  expect(functions.get(name)).toMatchObject({
    Architectures: ['arm64'],
    Handler: 'index.handler',
    MemorySize: memoryMiB,
    Timeout: timeoutSeconds,
  })
})

test('There is no function besides those of the table', () => {
  expect([...functions.keys()].toSorted()).toEqual(Object.keys(workers).toSorted())
})

test.each(table)('No worker knows the secret of the edge: %s', (name) => {
  const { Variables } = Object(functions.get(name)?.['Environment'])
  expect(Object.keys(Variables).toSorted()).toEqual([
    'AUDIT_DELIVERY_STREAM',
    'NOTICE_QUEUE_URL',
    'TABLE_NAME',
    'WRAPPING_KEY_ARN',
  ])
})

test('Changes that carry an event reach the audit worker, from the first one on', () => {
  expect(mappingOf('audit')).toMatchObject({
    StartingPosition: 'TRIM_HORIZON',
    EventSourceArn: { Ref: expect.stringContaining('tablestreamarn') },
  })
  expect(patternsOf('audit')).toEqual([
    { dynamodb: { NewImage: { event: { M: { id: { S: [{ exists: true }] } } } } } },
  ])
})

const wakesFanOut = (pk: string, before: object | undefined, after: object | undefined) =>
  patternsOf('noticefanout').some((pattern: object) =>
    parseEventPattern(JSON.stringify(pattern))({
      dynamodb: { Keys: { pk: { S: pk } }, OldImage: before, NewImage: after },
    }),
  )

test('back-channel logout section 2: a session that ends, in whatever way, wakes the fan-out', () => {
  const ended = { endedAt: { N: '1800000000' } }
  expect(wakesFanOut('SESSION#acme#u', {}, ended)).toBe(true)
  expect(wakesFanOut('SESSION#acme#u', undefined, ended)).toBe(true)
  expect(wakesFanOut('SESSION#acme#u', {}, {})).toBe(false)
  expect(wakesFanOut('SESSION#acme#u', ended, ended)).toBe(false)
  expect(wakesFanOut('SESSION#acme#u', ended, undefined)).toBe(false)
  expect(wakesFanOut('FAMILY#acme#u', {}, ended)).toBe(false)
})

test('ciba core section 10.2: the answer to a client that wants to be told wakes the fan-out, once', () => {
  const notification = { S: 'sealed' }
  const answer = { M: { kind: { S: 'denied' } } }
  const [asked, answered] = [{ notification }, { notification, answer }]
  expect(wakesFanOut('BACKCHANNEL#acme#u', asked, answered)).toBe(true)
  expect(wakesFanOut('BACKCHANNEL#acme#u', undefined, asked)).toBe(false)
  expect(wakesFanOut('BACKCHANNEL#acme#u', asked, asked)).toBe(false)
  expect(wakesFanOut('BACKCHANNEL#acme#u', answered, answered)).toBe(false)
  expect(wakesFanOut('BACKCHANNEL#acme#u', answered, undefined)).toBe(false)
  expect(wakesFanOut('BACKCHANNEL#acme#u', {}, { answer })).toBe(false)
  expect(wakesFanOut('DEVICE#acme#u', asked, answered)).toBe(false)
})

test('A notice that six attempts could not deliver is put aside, and one bad notice holds up no other', () => {
  expect(mappingOf('noticedelivery')).toMatchObject({
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  })
  const queues = ofType(stack, 'AWS::SQS::Queue').map(([, { Properties }]) => Properties)
  const redriven = queues.filter(({ RedrivePolicy }) => RedrivePolicy !== undefined)
  expect(redriven).toMatchObject([
    { RedrivePolicy: { maxReceiveCount: 6, deadLetterTargetArn: expect.anything() } },
  ])
  // Lambda asks for six times the time that the function may take.
  expect(redriven[0]?.['VisibilityTimeout']).toBeGreaterThanOrEqual(
    6 * workers['workers.notice-delivery'].timeoutSeconds,
  )
})

test.each(['audit', 'noticefanout'])(
  'A change is tried for as long as the stream keeps it, and then told to a queue: %s',
  (name) => {
    expect(mappingOf(name)).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: 86_400,
      DestinationConfig: { OnFailure: { Destination: expect.anything() } },
    })
  },
)

test('Every queue is encrypted, and what was given up lies there for two weeks', () => {
  const queues = ofType(stack, 'AWS::SQS::Queue').map(([, { Properties }]) => Properties)
  for (const queue of queues) expect(queue).toMatchObject({ SqsManagedSseEnabled: true })
  const last = queues.filter(({ RedrivePolicy }) => RedrivePolicy === undefined)
  expect(last).toHaveLength(2)
  for (const queue of last) expect(queue).toMatchObject({ MessageRetentionPeriod: 1_209_600 })
})

test('The audit worker reads the stream and delivers; it reads and writes no item', () => {
  expect(actionsOf('workers.audit').toSorted()).toEqual([
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
    'firehose:PutRecordBatch',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'sqs:SendMessage',
  ])
})

test('No worker may scan the table, nor read what people have', () => {
  const actions = table.flatMap(([name]) => actionsOf(name))
  expect(actions.filter((action) => /:(Scan|PartiQL)/.test(action))).toEqual([])
  const all = table.map(([name]) => JSON.stringify(statementsOf(stack, rolesOf(stack)[name] ?? '')))
  expect(all.join()).not.toMatch(/"(PASSWORD|USER|SESSION)#/)
  expect(all.filter((statements) => statements.includes('"FAMILY#'))).toHaveLength(1)
  expect(actionsOf('workers.notice-fanout')).not.toContain('dynamodb:UpdateItem')
})

test('A worker with a schedule has a rule, which alone may invoke it', () => {
  const scheduled = table.flatMap(([, { trigger }]) =>
    trigger.kind === 'schedule' ? [trigger.rate] : [],
  )
  const rules = ofType(stack, 'AWS::Events::Rule').map(
    ([, { Properties }]) => Properties['ScheduleExpression'],
  )
  expect(rules).toEqual(scheduled)
  for (const [, { Properties }] of ofType(stack, 'AWS::Lambda::Permission')) {
    expect(Properties).toMatchObject({
      Principal: 'events.amazonaws.com',
      SourceArn: expect.anything(),
    })
  }
})
