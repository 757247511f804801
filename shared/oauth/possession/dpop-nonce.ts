import type { EpochSeconds } from '#shared/kernel/time.ts'

/** What a nonce of ours says, sealed: the minute in which it was given out. Nothing is stored. */
export interface DpopNonce {
  readonly minute: number
}

const lifetimeMinutes = 4

/** The nonce of this minute. */
export const dpopNonce = (now: EpochSeconds): DpopNonce => ({ minute: Math.floor(now / 60) })

/**
 * True for a nonce that was given out minutes ago, or by an instance whose clock is a little ahead.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-8.2
 */
export function isFreshNonce({ minute }: DpopNonce, now: EpochSeconds): boolean {
  const age = dpopNonce(now).minute - minute
  return age >= -1 && age <= lifetimeMinutes
}
