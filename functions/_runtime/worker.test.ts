import type { Context } from 'aws-lambda'
import { beforeEach, expect, test, vi } from 'vitest'
import type { DeliveryOutcome } from '#shared/audit/flows/deliver-changes.ts'
import { scheduledWorker, streamWorker } from './worker.ts'

const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
const lines = () => log.mock.calls.map(([text]) => JSON.parse(String(text)))

beforeEach(() => {
  log.mockClear()
})

const context: Context = Object.assign(Object.create(null), { awsRequestId: 'r1' })

const stream = (run: () => Promise<DeliveryOutcome>) =>
  streamWorker({ name: 'workers.some', run })(
    { Records: ['1', '2'].map((SequenceNumber) => ({ dynamodb: { SequenceNumber } })) },
    context,
  )

test('partial batch response: what failed is reported by its place in the stream', async () => {
  const outcome = { failed: ['2'], delivered: 1, unreadable: [] }
  expect(await stream(async () => outcome)).toEqual({
    batchItemFailures: [{ itemIdentifier: '2' }],
  })
})

test('partial batch response: when nothing failed the list is empty', async () => {
  const outcome = { failed: [], delivered: 2, unreadable: [] }
  expect(await stream(async () => outcome)).toEqual({ batchItemFailures: [] })
})

test('a batch is one line, in numbers', async () => {
  await stream(async () => ({ failed: ['2'], delivered: 1, unreadable: [] }))
  expect(lines()).toEqual([
    {
      level: 'info',
      worker: 'workers.some',
      requestId: 'r1',
      durationMs: expect.any(Number),
      coldStart: expect.any(Boolean),
      records: 2,
      delivered: 1,
      failed: 1,
      unreadable: 0,
    },
  ])
})

test('what nobody can read is told by itself, with its place and the reason', async () => {
  const unreadable = [{ sequence: '1', cause: new TypeError('no event') }]
  await stream(async () => ({ failed: [], delivered: 1, unreadable }))
  expect(lines()).toMatchObject([
    {
      level: 'error',
      rule: 'runtime/change-unreadable',
      sequence: '1',
      cause: { name: 'TypeError' },
    },
    { level: 'info', unreadable: 1 },
  ])
})

test('a failure is told and thrown on, so that Lambda brings the batch again', async () => {
  const failing = stream(async () => {
    throw new Error('Firehose is away')
  })
  await expect(failing).rejects.toThrow('Firehose is away')
  expect(lines()).toMatchObject([
    { level: 'error', rule: 'runtime/worker-failed', cause: { name: 'Error' } },
  ])
})

test('a worker that the clock wakes tells what it did, and answers nothing', async () => {
  const handler = scheduledWorker({ name: 'workers.some', run: async () => ({ rotated: 3 }) })
  expect(await handler({}, context)).toBe(undefined)
  expect(lines()).toMatchObject([{ worker: 'workers.some', rotated: 3 }])
})
