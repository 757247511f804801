import { expect, test } from 'vitest'
import { type Worker, workers } from '#infra/workers.ts'
import { rolesOf, statementsOf } from './policies.ts'
import { ofType, synthesize, theOnly } from './synthesis.ts'

const { workers: stack } = synthesize()
const table = Object.entries<Worker>(workers)
const functions = new Map(
  ofType(stack, 'AWS::Lambda::Function').map(([, { Properties }]) => [
    Properties['Description'],
    Properties,
  ]),
)
const mapping = theOnly(stack, 'AWS::Lambda::EventSourceMapping').Properties
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
    'TABLE_NAME',
    'WRAPPING_KEY_ARN',
  ])
})

test('Changes that carry an event reach the audit worker, from the first one on', () => {
  expect(mapping).toMatchObject({
    StartingPosition: 'TRIM_HORIZON',
    EventSourceArn: { Ref: expect.stringContaining('tablestreamarn') },
  })
  const { Filters } = Object(mapping['FilterCriteria'])
  expect(Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern))).toEqual([
    { dynamodb: { NewImage: { event: { M: { id: { S: [{ exists: true }] } } } } } },
  ])
})

test('A change is tried for as long as the stream keeps it, and then told to a queue', () => {
  expect(mapping).toMatchObject({
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: -1,
    MaximumRecordAgeInSeconds: 86_400,
    DestinationConfig: { OnFailure: { Destination: expect.anything() } },
  })
  expect(theOnly(stack, 'AWS::SQS::Queue').Properties).toMatchObject({
    SqsManagedSseEnabled: true,
    MessageRetentionPeriod: 1_209_600,
  })
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
  expect(all.join()).not.toMatch(/"(PASSWORD|USER|SESSION|FAMILY)#/)
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
