import type { Batch } from './event-batch.ts'
import type { ReaderSettings } from './event-source-messages.ts'

/**
 * What the on-failure destination is told: where the records are, not the records.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function failureMessage(
  { functionArn, source }: Pick<ReaderSettings, 'functionArn' | 'source'>,
  { records, attempts }: Batch,
  shard: string,
  requestId: string,
) {
  const times = records.map(({ dynamodb }) => dynamodb.ApproximateCreationDateTime * 1000)
  const timeOf = (milliseconds: number | undefined) => new Date(milliseconds ?? 0).toISOString()
  const exhausted = source.maximumRetryAttempts >= 0 && attempts > source.maximumRetryAttempts
  return {
    requestContext: {
      requestId,
      functionArn,
      condition: exhausted ? 'RetryAttemptsExhausted' : 'RecordAgeExceeded',
      approximateInvokeCount: attempts,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: shard,
      startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: timeOf(times[0]),
      approximateArrivalOfLastRecord: timeOf(times.at(-1)),
      batchSize: records.length,
      streamArn: source.streamArn,
    },
  }
}
