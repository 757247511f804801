import { randomBytes } from 'node:crypto'

/** The header in which a request carries its trace, through every service that it passes. */
export const traceHeader = 'x-amzn-trace-id'

/**
 * Answers which request a call was made for: the SDK hands the trace of the running event on.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export const traceRoot = (header: string | undefined): string | undefined =>
  /(?:^|;)\s*Root=([\w-]+)/.exec(header ?? '')?.[1]

/** Draws the root of a new trace: version, epoch seconds and 96 random bits. */
export function newTraceRoot(now: Date): string {
  const epochSeconds = Math.floor(now.getTime() / 1000)
  return `1-${epochSeconds.toString(16).padStart(8, '0')}-${randomBytes(12).toString('hex')}`
}
