import { expect, test } from 'vitest'
import { epochSeconds, isExpired, plus, seconds } from './time.ts'

const noon = epochSeconds(1_800_000_000)

test('rfc7519 section 4.1.4: on or after its very second something is expired', () => {
  expect(isExpired(noon, epochSeconds(noon - 1))).toBe(false)
  expect(isExpired(noon, noon)).toBe(true)
  expect(isExpired(noon, epochSeconds(noon + 1))).toBe(true)
})

test('a moment and a duration make a moment', () => {
  expect(plus(noon, seconds(60))).toBe(1_800_000_060)
})

test('milliseconds and moments cannot pass for one another', () => {
  // @ts-expect-error a bare number, such as Date.now(), is no moment
  expect(isExpired(noon, 1)).toBe(false)
  // @ts-expect-error a moment is no duration
  expect(plus(noon, noon)).toBe(2 * noon)
})
