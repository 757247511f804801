import { ownEntry } from './own-entry.ts'
import { AwsError } from './services/service.ts'

type ErrorFacts = readonly [code: string, status: number]

/** What a service says when it is asked too often, where that differs from most. */
const throttled: Readonly<Record<string, ErrorFacts>> = {
  firehose: ['ServiceUnavailableException', 503],
  s3: ['SlowDown', 503],
  ses: ['TooManyRequestsException', 429],
}

/** What a service says when it has failed, where that differs from most. */
const failed: Readonly<Record<string, ErrorFacts>> = {
  dynamodb: ['InternalServerError', 500],
  kms: ['KMSInternalException', 500],
  s3: ['InternalError', 500],
}

/**
 * The error with which a service refuses under load, or fails.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
export function faultError(fault: 'throttle' | 'fail', service: string): AwsError {
  if (fault === 'throttle') {
    const [code, status] = ownEntry(throttled, service) ?? ['ThrottlingException', 400]
    return new AwsError(code, 'Rate exceeded', status)
  }
  const [code, status] = ownEntry(failed, service) ?? ['InternalFailure', 500]
  return new AwsError(code, 'The request processing has failed', status)
}
