import { type Seconds, seconds } from '#shared/kernel/time.ts'
import {
  longestRefreshTokenLifetime,
  longestTokenLifetime,
} from '#shared/tenant/lifetime-bounds.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** How long a JWK Set may be kept: once at the edge, and once more by whoever got it from there. */
export const keySetLifetime = seconds(5 * minute)

/**
 * How long a key set may be kept by who does not look at the lifetime that we give it.
 *
 * API Gateway's JWT authorizer does for two hours, and is not said to look again for a `kid` that it
 * does not know: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export const longestKeySetLifetime = seconds(2 * hour)

/** How long an instance remembers the keys of a tenant, or of a kind. */
export const keyRingLifetime = seconds(minute)

/** How far the clocks of those who verify may be behind, and how long a request may take. */
const tolerance = seconds(2 * minute)

const sum = (...durations: readonly Seconds[]): Seconds =>
  seconds(durations.reduce((total, duration) => total + duration, 0))

/** How long a key stays in each of its states, at least. */
export interface RotationTimes {
  readonly pending: Seconds
  readonly active: Seconds
  readonly retiring: Seconds
}

/**
 * The life of a signing key.
 *
 * Pending until every copy of the JWK Set without it is gone, the longest that is kept of one that
 * the edge had kept; retiring until the last instance that still signed with it has heard, and the
 * longest token that any tenant may issue has expired. The tenant's own lifetimes do not count: they
 * may have been longer a minute ago.
 */
export const signingKeyTimes: RotationTimes = {
  pending: sum(keySetLifetime, longestKeySetLifetime, keyRingLifetime),
  active: seconds(90 * day),
  retiring: sum(keyRingLifetime, longestTokenLifetime, tolerance),
}

/** How long a key is pending when there is haste: until those who heed our lifetime know it. */
export const hastyPending = sum(keySetLifetime, keySetLifetime, keyRingLifetime)

/** A code or an interaction that comes back a day late is still known for what it is. */
const lateReplay = seconds(day)

const sealingTimes = (retiring: Seconds): RotationTimes => ({
  pending: keyRingLifetime,
  active: seconds(90 * day),
  retiring: sum(keyRingLifetime, retiring, tolerance),
})

/**
 * The lives of sealing keys, by what they seal.
 *
 * That of pairwise subjects is not among them: after a rotation every app would meet strangers.
 */
export const sealingKeyTimes = {
  code: sealingTimes(lateReplay),
  interaction: sealingTimes(lateReplay),
  refresh: sealingTimes(longestRefreshTokenLifetime),
  handle: sealingTimes(longestRefreshTokenLifetime),
  access: sealingTimes(lateReplay),
  nonce: sealingTimes(lateReplay),
} as const
