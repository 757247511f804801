import type { Context, SQSEvent } from 'aws-lambda'
import { beforeEach, expect, test, vi } from 'vitest'
import type { QueuedMessage } from '#shared/ports/notice-queue.ts'
import { queueWorker } from './queue-worker.ts'

const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
const lines = () => log.mock.calls.map(([text]) => JSON.parse(String(text)))

beforeEach(() => {
  log.mockClear()
})

const context: Context = Object.assign(Object.create(null), { awsRequestId: 'r1' })

const eventOf = (...ids: readonly string[]): SQSEvent => ({
  Records: ids.map((messageId) => ({
    messageId,
    receiptHandle: `receipt of ${messageId}`,
    body: `body of ${messageId}`,
    attributes: {
      ApproximateReceiveCount: '3',
      SentTimestamp: '1',
      SenderId: 's',
      ApproximateFirstReceiveTimestamp: '1',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn',
    awsRegion: 'eu-west-1',
  })),
})

const handle = (run: (message: QueuedMessage) => Promise<'done' | 'failed'>, event: SQSEvent) =>
  queueWorker({ name: 'workers.some', run })(event, context)

test('a message is handed over with its receipt and how often it has come', async () => {
  const seen: QueuedMessage[] = []
  const run = async (message: QueuedMessage) => {
    seen.push(message)
    return 'done' as const
  }
  expect(await handle(run, eventOf('a'))).toEqual({ batchItemFailures: [] })
  expect(seen).toEqual([{ body: 'body of a', receipt: 'receipt of a', attempt: 3 }])
})

test('partial batch response: what failed or threw stays in the queue, the rest does not', async () => {
  const run = async ({ body }: QueuedMessage) => {
    if (body.endsWith('b')) throw new TypeError('no signature')
    return body.endsWith('c') ? ('failed' as const) : ('done' as const)
  }
  expect(await handle(run, eventOf('a', 'b', 'c'))).toEqual({
    batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'c' }],
  })
  expect(lines()).toMatchObject([
    { rule: 'runtime/message-failed', messageId: 'b', cause: { name: 'TypeError' } },
    { level: 'info', messages: 3, done: 1, failed: 2 },
  ])
})
