import middy from '@middy/core'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import type { QueuedMessage } from '#shared/ports/notice-queue.ts'
import { describeCause, writeLine } from './access-log.ts'
import { loggingWork } from './work-log.ts'

interface QueueWorker<Outcome extends string> {
  readonly name: string
  readonly run: (message: QueuedMessage) => Promise<Outcome | 'failed'>
}

/**
 * Makes the handler of a worker that a queue wakes: each message for itself, all at once.
 *
 * A message that `failed` stays in the queue, as one does whose work throws.
 */
export const queueWorker = <Outcome extends string>({ name, run }: QueueWorker<Outcome>) =>
  middy<SQSEvent, SQSBatchResponse>().handler(({ Records }, { awsRequestId }) =>
    loggingWork(name, awsRequestId, async () => {
      const outcomes = await Promise.all(
        Records.map((record) =>
          run(messageOf(record)).catch((cause: unknown) => {
            logFailure(name, awsRequestId, record.messageId, cause)
            return 'failed' as const
          }),
        ),
      )
      const failed = Records.filter((_, index) => outcomes[index] === 'failed')
      return {
        result: {
          batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })),
        },
        counts: { messages: Records.length, ...countsOf(outcomes) },
      }
    }),
  )

const messageOf = ({ body, receiptHandle, attributes }: SQSRecord): QueuedMessage => ({
  body,
  receipt: receiptHandle,
  attempt: Number(attributes.ApproximateReceiveCount),
})

const countsOf = (outcomes: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...new Set(outcomes)].map((outcome) => [
      outcome,
      outcomes.filter((each) => each === outcome).length,
    ]),
  )

/** Of one message; the others of its batch go on. */
function logFailure(worker: string, requestId: string, messageId: string, cause: unknown): void {
  const rule = 'runtime/message-failed'
  writeLine({ level: 'error', worker, requestId, rule, messageId, cause: describeCause(cause) })
}
