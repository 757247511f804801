import { z } from 'zod'
import type { StreamRecord } from './services/dynamodb-stream.ts'

/** What happened within one stretch of time. */
export interface Tally {
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly signIns: number
  readonly failures: number
}

export interface EventTally {
  accept(record: Pick<StreamRecord, 'newImage'>): void
  /** The last hour in equal stretches, the oldest first. */
  lastHour(now: number): readonly Tally[]
}

const counted = z.looseObject({
  id: z.string(),
  time: z.number(),
  activity: z.enum(['sign-in', 'sign-in-failed']),
})

const stretchMs = 2 * 60_000
const stretches = 30
const kept = 50_000

/** Counts sign-ins and failures as the table's stream carries them, each event once. */
export function createEventTally(): EventTally {
  const events = new Map<string, { readonly time: number; readonly failed: boolean }>()
  return {
    accept({ newImage }) {
      const event = counted.safeParse(newImage?.['event'])
      if (!event.success) return
      const { id, time, activity } = event.data
      events.set(id, { time: time * 1000, failed: activity === 'sign-in-failed' })
      const [oldest] = events.keys()
      if (events.size > kept && oldest !== undefined) events.delete(oldest)
    },
    lastHour(now) {
      const end = Math.floor(now / stretchMs) * stretchMs
      const all = [...events.values()]
      return Array.from({ length: stretches }, (_, place) => {
        const from = end - (stretches - 1 - place) * stretchMs
        const within = all.filter(({ time }) => time >= from && time < from + stretchMs)
        const failures = within.filter(({ failed }) => failed).length
        return { from, signIns: within.length - failures, failures }
      })
    },
  }
}
