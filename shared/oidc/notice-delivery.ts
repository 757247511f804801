import { type Seconds, seconds } from '#shared/kernel/time.ts'
import type { ClientNotice } from './client-notice.ts'

/** What became of one attempt to tell a client. */
export type DeliveryVerdict =
  | { readonly kind: 'delivered' }
  /** No further attempt can change it. */
  | { readonly kind: 'refused'; readonly rule: string }
  | { readonly kind: 'again'; readonly rule: string }

/** How often a client is tried; then the notice is put aside. */
export const maximalAttempts = 6

/**
 * Pauses after the first, the second, ... attempt that failed: a session stays over, so that an app
 * may be away for an hour; an answer waits for minutes only.
 */
const pauses: Readonly<Record<ClientNotice['kind'], readonly number[]>> = {
  logout: [10, 60, 300, 900, 2400],
  ping: [2, 5, 10, 30, 60],
}

/** How long to wait after an attempt that failed. @param attempt counted from 1 */
export function pauseAfter(kind: ClientNotice['kind'], attempt: number): Seconds {
  const ofKind = pauses[kind]
  return seconds(ofKind[Math.min(Math.max(attempt, 1), ofKind.length) - 1] ?? 0)
}

/**
 * Judges the answer of a client to what it was told.
 *
 * Only what may pass by itself is tried again: a client that refuses has heard it, and a redirect is never followed.
 *
 * @spec https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest
 * @spec https://openid.net/specs/openid-connect-backchannel-1_0.html#BCResponse
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.10.2
 */
export function judgeStatus(status: number): DeliveryVerdict {
  if (status === 200 || status === 204) return { kind: 'delivered' }
  const mayPass = status >= 500 || status === 408 || status === 429
  if (mayPass) return { kind: 'again', rule: 'oidc/notice-delivery/status' }
  return { kind: 'refused', rule: 'oidc/notice-delivery/refused' }
}
