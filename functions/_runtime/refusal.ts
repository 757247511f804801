import { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { attemptWindow } from '#shared/oauth/attempt-limit.ts'
import { AuthorizationError } from '#shared/oauth/authorization/authorization-error.ts'
import type { AuthorizationResponse } from '#shared/oauth/authorization/authorization-response.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'

/** What the caller is told of a failure, and what only the log is told. */
export interface Refusal {
  readonly code: string
  readonly status: number
  readonly description: string
  readonly rule: string
  /** How it is told to the client, once the client's redirect URI is verified. */
  readonly response?: AuthorizationResponse
  /** Only when the request has certainly changed nothing: repeating a single use would look like theft. */
  readonly retryAfterSeconds?: number
  /** Ours to mend; the caller learns nothing of it. */
  readonly cause?: unknown
}

/** Translates anything thrown: refusals as they are, everything else to words that tell nothing. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof AuthorizationError) {
    return { ...refusalOf(thrown.refusal), response: thrown.response }
  }
  if (thrown instanceof ProtocolError) {
    const { code, status, message: description, rule, cause } = thrown
    return {
      ...{ code, status, description, rule },
      ...(isOurs(cause) ? { cause } : {}),
      ...(status === 429 ? { retryAfterSeconds: attemptWindow } : {}),
    }
  }
  if (thrown instanceof StoreUnavailable) {
    return {
      code: 'temporarily_unavailable',
      status: 503,
      description: 'the service is busy, please try again',
      rule: `store/unavailable/committed-${thrown.committed}`,
      cause: thrown,
      ...(thrown.committed === 'no' ? { retryAfterSeconds: 1 } : {}),
    }
  }
  return {
    code: 'server_error',
    status: 500,
    description: 'the service failed to answer',
    rule: 'runtime/unexpected',
    cause: thrown,
  }
}

/** What a rule refuses for is the caller's, and may quote the request; a busy store quotes nothing. */
const isOurs = (cause: unknown): boolean => cause instanceof StoreUnavailable

/** The `Retry-After` header, where there is one. */
export const retryAfter = (refusal: Refusal): Readonly<Record<string, string>> =>
  refusal.retryAfterSeconds === undefined ? {} : { 'retry-after': `${refusal.retryAfterSeconds}` }
