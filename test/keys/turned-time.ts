import { createClock, followClock } from '#local/clock.ts'

/** The time of the local cloud's functions and of this process, turned forward together. */
export interface TurnedTime {
  /** Seconds since the epoch. */
  now(): number
  advance(seconds: number): Promise<void>
}

async function post(origin: string, action: string, input: object): Promise<void> {
  const response = await fetch(`${origin}/_local/api/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  if (!response.ok) throw new Error(`${action}: ${response.status} ${await response.text()}`)
}

/** From now on this process has the time of the cloud. */
export async function turnedTime(origin: string): Promise<TurnedTime> {
  const clock = createClock()
  const response = await fetch(`${origin}/_local/api/clock`)
  clock.advance(JSON.parse(await response.text()).aheadSeconds)
  followClock(clock.shared)
  return {
    now: () => Date.now() / 1000,
    async advance(seconds) {
      await post(origin, 'clock', { seconds })
      clock.advance(seconds)
    },
  }
}

/** Lets the scheduled rotation happen now. */
export const fireRotation = (origin: string): Promise<void> =>
  post(origin, 'fire', { rule: 'workers.key-rotation' })
