import { z } from 'zod'
import type { Outcome } from './lambda-instance.ts'
import type { LocalEventSource } from './template.ts'

export const streamRecord = z.looseObject({
  dynamodb: z.looseObject({
    SequenceNumber: z.string(),
    ApproximateCreationDateTime: z.number(),
  }),
})

/** A record of a table's stream, as it is handed to the function. */
export type EventRecord = z.infer<typeof streamRecord>

/** Records that are handed over together, and how often that has failed. */
export interface Batch {
  readonly records: readonly EventRecord[]
  readonly attempts: number
}

/** What is to be done after a call: the batches that remain, in order, and what is given up. */
export interface Verdict {
  readonly remaining: readonly Batch[]
  readonly discarded: Batch | undefined
  /** Whether any record was done with, so that there is no reason to pause. */
  readonly hasProgress: boolean
}

type Policy = Pick<
  LocalEventSource,
  | 'reportsBatchItemFailures'
  | 'bisectsOnError'
  | 'maximumRetryAttempts'
  | 'maximumRecordAgeInSeconds'
>

const partialFailures = z.looseObject({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
})

/**
 * The place of the first record that failed; 0 for all of them, the length for none.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
function firstFailure(outcome: Outcome, { records }: Batch, policy: Policy): number {
  if (outcome.kind !== 'answered') return 0
  if (!policy.reportsBatchItemFailures || outcome.payload == null) return records.length
  const answer = partialFailures.safeParse(outcome.payload)
  if (!answer.success) return 0
  const failures = answer.data.batchItemFailures ?? []
  const places = failures.map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
  )
  return Math.max(0, Math.min(records.length, ...places))
}

/** Two halves are tried with the same patience as the whole: splitting does not count as an attempt. */
function bisect({ records, attempts }: Batch): readonly Batch[] {
  const middle = Math.ceil(records.length / 2)
  return [
    { records: records.slice(0, middle), attempts },
    { records: records.slice(middle), attempts },
  ]
}

const isTooOld = ({ records }: Batch, { maximumRecordAgeInSeconds }: Policy, now: number) =>
  maximumRecordAgeInSeconds >= 0 &&
  records.some(
    ({ dynamodb }) => now / 1000 - dynamodb.ApproximateCreationDateTime > maximumRecordAgeInSeconds,
  )

const isExhausted = ({ attempts }: Batch, { maximumRetryAttempts }: Policy): boolean =>
  maximumRetryAttempts >= 0 && attempts > maximumRetryAttempts

/**
 * Decides what becomes of a batch after its function has been called.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 * @param now milliseconds since the epoch
 */
export function judgeBatch(batch: Batch, outcome: Outcome, policy: Policy, now: number): Verdict {
  const done = firstFailure(outcome, batch, policy)
  const hasProgress = done > 0
  const records = batch.records.slice(done)
  if (records.length === 0) return { remaining: [], discarded: undefined, hasProgress }
  const rest = { records, attempts: hasProgress ? 0 : batch.attempts }
  if (policy.bisectsOnError && !hasProgress && records.length > 1) {
    return { remaining: bisect(rest), discarded: undefined, hasProgress }
  }
  const failed = { records, attempts: batch.attempts + 1 }
  if (isExhausted(failed, policy) || isTooOld(failed, policy, now)) {
    return { remaining: [], discarded: failed, hasProgress }
  }
  return { remaining: [failed], discarded: undefined, hasProgress }
}
