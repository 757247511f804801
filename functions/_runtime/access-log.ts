import { tenantId } from '#shared/tenant/tenant-id.ts'
import type { HttpRequest } from './http-request.ts'
import type { Refusal } from './refusal.ts'

let isCold = true

/** Writes the one line of a request: no query, no body, no header, so nothing secret can be in it. */
export function logRequest(
  endpoint: string,
  request: HttpRequest,
  answer: {
    readonly status: number
    readonly refusal?: Refusal | undefined
    readonly startedAt: number
  },
): void {
  const { refusal } = answer
  const line = {
    level: answer.status >= 500 ? 'error' : 'info',
    endpoint,
    requestId: request.id,
    // What can be no tenant's id is a stranger's text, and may be anything.
    tenant: tenantId(request.tenant),
    method: request.method,
    status: answer.status,
    durationMs: Math.round(performance.now() - answer.startedAt),
    coldStart: isCold,
    rule: refusal?.rule,
    cause: describeCause(refusal?.cause),
  }
  isCold = false
  console.log(JSON.stringify(line))
}

/** Names and stacks of what went wrong, down to the first cause; secrets cannot be printed (Secret). */
export function describeCause(cause: unknown): unknown {
  if (!(cause instanceof Error)) return undefined
  return { name: cause.name, stack: cause.stack, cause: describeCause(cause.cause) }
}
