import type { Brand } from './brand.ts'

/** A duration in whole seconds. */
export type Seconds = Brand<number, 'Seconds'>

/** A moment in whole seconds since 1970-01-01T00:00:00Z, as JWT's NumericDate and DynamoDB's TTL use it. */
export type EpochSeconds = Brand<number, 'EpochSeconds'>

export const seconds = (value: number): Seconds => value as Seconds

export const epochSeconds = (value: number): EpochSeconds => value as EpochSeconds

export const plus = (moment: EpochSeconds, duration: Seconds): EpochSeconds =>
  (moment + duration) as EpochSeconds

/** The second after: a `validAfter` of it refuses what was begun within this very second as well. */
export const nextSecond = (now: EpochSeconds): EpochSeconds => (now + 1) as EpochSeconds

/** True from the very second of `expiresAt` on, as RFC 7519 says of `exp`. */
export const isExpired = (expiresAt: EpochSeconds, now: EpochSeconds): boolean => now >= expiresAt
