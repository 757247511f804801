import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import { networkOf } from '#shared/kernel/network.ts'
import { seconds } from '#shared/kernel/time.ts'

/** Attempts are counted in windows of this length. */
export const attemptWindow = seconds(15 * 60)

/** Somebody who may try something only so often in a window. */
export interface AttemptLimit {
  readonly key: string
  readonly maximum: number
}

/**
 * How many user codes may be entered, right ones and wrong ones: by one person, and in one network.
 *
 * Of 25 billion codes ten in a quarter of an hour find none, however many devices wait.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-5.1
 */
export const userCodeLimits = (user: UserId, address: string): readonly AttemptLimit[] => [
  { key: sha256Base64url(`user code of user\n${user}`), maximum: 10 },
  { key: sha256Base64url(`user code of network\n${networkOf(address)}`), maximum: 100 },
]

/** How many devices of clients that anybody can be one network may start. */
export const deviceStartLimits = (address: string): readonly AttemptLimit[] => [
  { key: sha256Base64url(`device of network\n${networkOf(address)}`), maximum: 100 },
]

/** True when nothing more may be tried. @param counts in the order of the limits */
export const isExhausted = (limits: readonly AttemptLimit[], counts: readonly number[]): boolean =>
  limits.some(({ maximum }, at) => (counts[at] ?? 0) >= maximum)

/** True when what is counted by now should not have been let in. @param counts in the order of the limits */
export const isExceeded = (limits: readonly AttemptLimit[], counts: readonly number[]): boolean =>
  limits.some(({ maximum }, at) => (counts[at] ?? 0) > maximum)
