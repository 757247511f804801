import middy from '@middy/core'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { DeliveryOutcome, StreamedRecord } from '#shared/audit/flows/deliver-changes.ts'
import { type Counts, loggingWork, logUnreadable } from './work-log.ts'

interface StreamWorker {
  readonly name: string
  readonly run: (records: readonly StreamedRecord[]) => Promise<DeliveryOutcome>
}

/** Makes the handler of a worker that the table's stream wakes; what it could not do is brought again. */
export const streamWorker = ({ name, run }: StreamWorker) =>
  middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(({ Records }, { awsRequestId }) =>
    loggingWork(name, awsRequestId, async () => {
      const { failed, delivered, unreadable } = await run(Records.map(streamed))
      for (const { sequence, cause } of unreadable) {
        logUnreadable(name, awsRequestId, sequence, cause)
      }
      return {
        result: { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) },
        counts: {
          records: Records.length,
          delivered,
          failed: failed.length,
          unreadable: unreadable.length,
        },
      }
    }),
  )

const streamed = (record: DynamoDBRecord): StreamedRecord => ({
  sequence: record.dynamodb?.SequenceNumber ?? '',
  record,
})

interface ScheduledWorker {
  readonly name: string
  /** Answers what it did, in numbers. */
  readonly run: () => Promise<Counts>
}

/** Makes the handler of a worker that the clock wakes. */
export const scheduledWorker = ({ name, run }: ScheduledWorker) =>
  middy<unknown, void>().handler((_, { awsRequestId }) =>
    loggingWork(name, awsRequestId, async () => ({ result: undefined, counts: await run() })),
  )
