import { embeddedMetrics, type Measured } from '#shared/metrics/embedded-metrics.ts'
import { isReplay, isThrottle, type MetricName, ruleClassOf } from '#shared/metrics/metric.ts'
import { tenantId } from '#shared/tenant/tenant-id.ts'
import type { HttpRequest } from './http-request.ts'
import { limitedSamples } from './limited-samples.ts'
import type { Refusal } from './refusal.ts'

interface Answer {
  readonly status: number
  readonly refusal?: Refusal | undefined
  /** By which an app finds its visit. */
  readonly interactionId?: string | undefined
  readonly startedAt: number
  /** What happened, by the metric that counts it. */
  readonly counts: readonly MetricName[]
}

/** Makes the log of one instance, which tells its cold start from its other requests. */
export function createRequestLog() {
  /** Whoever is refused may be anyone, and may try as often as he likes: each minute only some are told in full. */
  const mayTell = limitedSamples({ perMinute: 30 })
  let isCold = true

  /** Faults and replays always. */
  const isWorthTelling = ({ refusal, status }: Answer, now: number): boolean =>
    refusal === undefined || isFault({ status, refusal }) || isReplay(refusal.rule) || mayTell(now)

  /**
   * Writes the one line of a request: no query, no body, no header, so nothing secret can be in it.
   *
   * It carries the metrics of the request, also when it tells nothing else.
   */
  return (endpoint: string, request: HttpRequest, answer: Answer): void => {
    const { refusal } = answer
    const now = Date.now()
    const dimensions = {
      endpoint,
      ...(refusal && { ruleClass: ruleClassOf(refusal.rule) }),
    }
    const facts = isWorthTelling(answer, now) ? factsOf(request, answer) : { status: answer.status }
    writeLine({ ...facts, ...embeddedMetrics(measure(answer, isCold), dimensions, now) })
    isCold = false
  }
}

export const logRequest = createRequestLog()

/** True when it is ours to mend; a client is told of some faults by a redirect, which is no 5xx. */
const isFault = ({ status, refusal }: Pick<Answer, 'status' | 'refusal'>): boolean =>
  status >= 500 || refusal?.cause !== undefined

const factsOf = (request: HttpRequest, { status, refusal, interactionId }: Answer) => ({
  level: isFault({ status, refusal }) ? 'error' : 'info',
  requestId: request.id,
  traceId: traceIdOf(request),
  interactionId,
  // What can be no tenant's id is a stranger's text, and may be anything.
  tenant: tenantId(request.tenant),
  method: request.method,
  status,
  rule: refusal?.rule,
  cause: describeCause(refusal?.cause),
})

/** The root of the trace that the request belongs to, which the viewer may have chosen: only in its own form. */
const traceIdOf = (request: HttpRequest): string | undefined =>
  /Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(;|$)/.exec(request.header('x-amzn-trace-id') ?? '')?.[1]

function measure({ status, refusal, startedAt, counts }: Answer, isCold: boolean): Measured {
  const isOurs = isFault({ status, refusal })
  return {
    latency: Math.round(performance.now() - startedAt),
    ...(isCold ? { coldStarts: 1 } : {}),
    ...(isOurs ? { faults: 1 } : {}),
    ...(refusal && !isOurs ? { refusals: 1 } : {}),
    ...(isThrottle(refusal?.cause) ? { throttledCalls: 1 } : {}),
    ...(refusal && isReplay(refusal.rule) ? { replays: 1 } : {}),
    ...Object.fromEntries(counts.map((name) => [name, 1])),
  }
}

/** Past `console`, whose lines Lambda wraps: CloudWatch finds metrics only at the top of a line. */
export function writeLine(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** Names and stacks of what went wrong, down to the first cause; secrets cannot be printed (Secret). */
export function describeCause(cause: unknown): unknown {
  if (!(cause instanceof Error)) return undefined
  return { name: cause.name, stack: cause.stack, cause: describeCause(cause.cause) }
}
