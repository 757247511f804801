import { type Seconds, seconds } from '#shared/kernel/time.ts'

/** What became of one attempt to tell a client. */
export type DeliveryVerdict =
  | { readonly kind: 'delivered' }
  /** No further attempt can change it. */
  | { readonly kind: 'refused'; readonly rule: string }
  | { readonly kind: 'again'; readonly rule: string }

/** Pauses after the first, the second, ... attempt that failed: six attempts in a little over an hour. */
const pauses: readonly Seconds[] = [10, 60, 300, 900, 2400].map(seconds)

/** How often a client is tried; then the notice is put aside. */
export const maximalAttempts = pauses.length + 1

/** How long to wait after an attempt that failed. @param attempt counted from 1 */
export const pauseAfter = (attempt: number): Seconds =>
  pauses[Math.min(Math.max(attempt, 1), pauses.length) - 1] ?? seconds(0)

/**
 * Judges the answer of a client to its logout token.
 *
 * 400 says that the client has understood and did not do it; everything else may be better next time.
 *
 * @spec https://openid.net/specs/openid-connect-backchannel-1_0.html#BCResponse
 */
export function judgeStatus(status: number): DeliveryVerdict {
  if (status === 200 || status === 204) return { kind: 'delivered' }
  if (status === 400) return { kind: 'refused', rule: 'oidc/logout-delivery/refused' }
  return { kind: 'again', rule: 'oidc/logout-delivery/status' }
}
