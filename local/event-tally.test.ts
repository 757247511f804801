import { expect, test } from 'vitest'
import { createEventTally } from './event-tally.ts'

const now = Date.parse('2026-01-02T03:04:05Z')
const seconds = now / 1000

const record = (id: string, activity: string, time = seconds) => ({
  newImage: { event: { id, activity, time } },
})

const sum = (tally: ReturnType<typeof createEventTally>, of: 'signIns' | 'failures') =>
  tally.lastHour(now).reduce((total, stretch) => total + stretch[of], 0)

test('sign-ins and failures are counted apart, and nothing else is', () => {
  const tally = createEventTally()
  tally.accept(record('a', 'sign-in'))
  tally.accept(record('b', 'sign-in-failed'))
  tally.accept(record('c', 'token-issued'))
  tally.accept({ newImage: undefined })
  expect(tally.lastHour(now).at(-1)).toMatchObject({ signIns: 1, failures: 1 })
})

test('an event that comes again, with another change of its item, counts once', () => {
  const tally = createEventTally()
  for (const _ of [1, 2]) tally.accept(record('a', 'sign-in'))
  expect(sum(tally, 'signIns')).toBe(1)
})

test('the hour is cut into thirty stretches, and what is older is not in it', () => {
  const tally = createEventTally()
  tally.accept(record('old', 'sign-in', seconds - 3700))
  tally.accept(record('first', 'sign-in', seconds - 58 * 60))
  const hour = tally.lastHour(now)
  expect(hour).toHaveLength(30)
  expect(hour[0]).toMatchObject({ signIns: 1 })
  expect(sum(tally, 'signIns')).toBe(1)
  expect(hour.at(-1)?.from).toBe(Date.parse('2026-01-02T03:04:00Z'))
})
