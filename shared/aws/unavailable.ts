import { type Committed, StoreUnavailable } from '#shared/ports/store-unavailable.ts'

/** `refused`: AWS said that it did nothing. `doubtful`: it may have. `answered`: neither is in question. */
type Outcome = 'refused' | 'doubtful' | 'answered'

/** What an error of the SDK carries that tells the outcome. */
interface Symptoms {
  readonly name?: unknown
  readonly code?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly CancellationReasons?: readonly { readonly Code?: string }[]
}

/**
 * Errors with which DynamoDB, KMS or the network say that the work has not begun.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
const refusals: ReadonlySet<unknown> = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionConflictException',
  'ReplicatedWriteConflictException',
  'LimitExceededException',
  'KeyUnavailableException',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** Errors after which nobody knows: the answer was lost, or the service lost its way. */
const doubts: ReadonlySet<unknown> = new Set([
  'InternalServerError',
  'TransactionInProgressException',
  'TimeoutError',
  'RequestTimeout',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
])

/** Reasons for which a whole transaction is cancelled although no condition failed. */
const transientReasons: ReadonlySet<string | undefined> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
])

/** Errors of which every attempt, not only the last, was refused. */
const certainlyRefused = new WeakSet<object>()

function outcomeOf(error: Symptoms): Outcome {
  if (refusals.has(error.name) || refusals.has(error.code) || isCancelledByLoad(error)) {
    return 'refused'
  }
  const failed = (error.$metadata?.httpStatusCode ?? 0) >= 500
  return failed || doubts.has(error.name) || doubts.has(error.code) ? 'doubtful' : 'answered'
}

function isCancelledByLoad({ CancellationReasons: reasons = [] }: Symptoms): boolean {
  if (reasons.some(({ Code }) => Code === 'ConditionalCheckFailed')) return false
  return reasons.some(({ Code }) => transientReasons.has(Code))
}

const isObject = (error: unknown): error is Symptoms => typeof error === 'object' && error !== null

type Attempt = (args: never) => Promise<unknown>

/** The part of an SDK client that lets every single attempt of a call be seen. */
interface Watchable {
  readonly middlewareStack: {
    add(
      middleware: <Next extends Attempt>(next: Next, context: object) => Next,
      where: { readonly step: 'deserialize'; readonly priority: 'high'; readonly name: string },
    ): void
  }
}

/**
 * Remembers, for each call of the client, whether all its attempts were refused.
 *
 * The SDK throws only the last attempt's error: a throttled second try says nothing about a first one
 * whose answer was lost.
 */
export function watchAttempts(client: Watchable): void {
  const doubtful = new WeakSet<object>()
  const watch = <Next extends Attempt>(next: Next, context: object): Next =>
    (async (args: never) => {
      try {
        return await next(args)
      } catch (error) {
        if (!isObject(error)) throw error
        if (outcomeOf(error) === 'doubtful') doubtful.add(context)
        if (!doubtful.has(context)) certainlyRefused.add(error)
        throw error
      }
    }) as Next
  client.middlewareStack.add(watch, { step: 'deserialize', priority: 'high', name: 'attempts' })
}

/**
 * Answers what to throw for an SDK error: `StoreUnavailable` for load and loss, else the error itself.
 *
 * @param effect what the call would have done: a failed `read` leaves nothing behind
 */
export function unavailableOr(error: unknown, effect: 'read' | 'write'): unknown {
  if (!isObject(error) || outcomeOf(error) === 'answered') return error
  const committed: Committed = effect === 'read' || certainlyRefused.has(error) ? 'no' : 'unknown'
  return new StoreUnavailable(committed, error)
}
