import { expect, test } from 'vitest'
import { type Batch, judgeBatch } from './event-batch.ts'

const now = 1_800_000_000_000

const record = (number: number) => ({
  dynamodb: { SequenceNumber: String(number), ApproximateCreationDateTime: now / 1000 },
})

const batch = (count: number, attempts = 0): Batch => ({
  records: Array.from({ length: count }, (_, index) => record(index + 1)),
  attempts,
})

const policy = {
  reportsBatchItemFailures: true,
  bisectsOnError: true,
  maximumRetryAttempts: -1,
  maximumRecordAgeInSeconds: -1,
}

const answered = (payload: unknown) => ({ kind: 'answered', payload }) as const
const failed = { kind: 'failed', reason: 'it was killed' } as const
const failing = (...numbers: readonly number[]) =>
  answered({ batchItemFailures: numbers.map((number) => ({ itemIdentifier: String(number) })) })

const sizes = (batches: readonly Batch[]) => batches.map(({ records }) => records.length)
const numbers = (batches: readonly Batch[]) =>
  batches.map(({ records }) => records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber)))

test.each([undefined, null, {}, { batchItemFailures: [] }, { batchItemFailures: null }])(
  'ReportBatchItemFailures: %j is a complete success',
  (payload) => {
    expect(judgeBatch(batch(3), answered(payload), policy, now)).toEqual({
      remaining: [],
      discarded: undefined,
      hasProgress: true,
    })
  },
)

test('ReportBatchItemFailures: what follows the lowest sequence number that failed is tried again', () => {
  const { remaining, hasProgress } = judgeBatch(batch(5), failing(4, 3), policy, now)
  expect(numbers(remaining)).toEqual([[3, 4, 5]])
  expect(hasProgress).toBe(true)
})

test.each([
  ['an unknown identifier', failing(99)],
  ['no identifier', answered({ batchItemFailures: [{}] })],
  ['another shape', answered({ batchItemFailures: 'all' })],
  ['an error', failed],
  ['a timeout', { kind: 'timed-out' } as const],
])('ReportBatchItemFailures: %s is a complete failure', (_, outcome) => {
  const { remaining, hasProgress } = judgeBatch(batch(4), outcome, policy, now)
  expect(numbers(remaining)).toEqual([
    [1, 2],
    [3, 4],
  ])
  expect(hasProgress).toBe(false)
})

test('BisectBatchOnFunctionError: halving does not count as an attempt; one record alone does', () => {
  const limited = { ...policy, maximumRetryAttempts: 0 }
  expect(sizes(judgeBatch(batch(5), failed, limited, now).remaining)).toEqual([3, 2])
  expect(judgeBatch(batch(1), failed, limited, now).discarded).toEqual(batch(1, 1))
})

test('without bisecting, the whole batch is tried again until its attempts are used up', () => {
  const limited = { ...policy, bisectsOnError: false, maximumRetryAttempts: 1 }
  const [again] = judgeBatch(batch(2), failed, limited, now).remaining
  expect(again).toEqual(batch(2, 1))
  expect(judgeBatch(batch(2, 1), failed, limited, now)).toMatchObject({
    remaining: [],
    discarded: batch(2, 2),
  })
})

test('MaximumRecordAgeInSeconds: what has become too old is given up', () => {
  const young = { ...policy, maximumRecordAgeInSeconds: 60 }
  expect(judgeBatch(batch(1), failed, young, now + 60_000).discarded).toBeUndefined()
  expect(judgeBatch(batch(1), failed, young, now + 61_000).discarded).toEqual(batch(1, 1))
})

test('a function that does not report item failures has succeeded whatever it answers', () => {
  const silent = { ...policy, reportsBatchItemFailures: false }
  expect(judgeBatch(batch(2), failing(1), silent, now).remaining).toEqual([])
})
