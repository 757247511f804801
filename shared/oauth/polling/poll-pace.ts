import { type EpochSeconds, plus, type Seconds, seconds } from '#shared/kernel/time.ts'

/** How long a client waits between two polls, unless it has been told to slow down. */
export const pollInterval = seconds(5)

/** How much longer with each poll that comes too early. */
const slowDown = 5

/** Clocks of whole seconds may cut one off a pause that was long enough. */
const tolerance = seconds(1)

/** When a client last asked, and how long it has to wait. */
export interface PollPace {
  readonly interval: Seconds
  /** Absent before the first poll. */
  readonly polledAt?: EpochSeconds
}

/** How a poll is answered, and the pace from now on. */
export interface PacedPoll {
  readonly isTooEarly: boolean
  readonly interval: Seconds
}

/**
 * Judges the pace of a client: a poll that comes too early lengthens the wait for good.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-3.5
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.11
 */
export function pacePoll({ interval, polledAt }: PollPace, now: EpochSeconds): PacedPoll {
  const isTooEarly = polledAt !== undefined && plus(now, tolerance) < plus(polledAt, interval)
  return { isTooEarly, interval: isTooEarly ? seconds(interval + slowDown) : interval }
}
