import { seconds } from '#shared/kernel/time.ts'

/** Attempts are counted in windows of this length. */
export const attemptWindow = seconds(15 * 60)

/** Somebody who may try something only so often in a window. */
export interface AttemptLimit {
  readonly key: string
  readonly maximum: number
}

/** True when nothing more may be tried. @param counts in the order of the limits */
export const isExhausted = (limits: readonly AttemptLimit[], counts: readonly number[]): boolean =>
  limits.some(({ maximum }, at) => (counts[at] ?? 0) >= maximum)

/** True when what is counted by now should not have been let in. @param counts in the order of the limits */
export const isExceeded = (limits: readonly AttemptLimit[], counts: readonly number[]): boolean =>
  limits.some(({ maximum }, at) => (counts[at] ?? 0) > maximum)
