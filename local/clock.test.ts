import { afterEach, expect, test } from 'vitest'
import { createClock, followClock } from './clock.ts'

const { now } = Date

afterEach(() => {
  Date.now = now
})

test('a thread that follows the clock is ahead by as much as it was advanced', () => {
  const clock = createClock()
  const own = followClock(clock.shared)
  expect(Date.now() - own()).toBeLessThan(1000)
  clock.advance(3600)
  clock.advance(60)
  expect(Date.now() - own()).toBeGreaterThan(3_659_000)
})

test('the clock is never turned back', () => {
  const clock = createClock()
  clock.advance(60)
  clock.advance(-60)
  expect(clock.aheadSeconds()).toBe(60)
})
