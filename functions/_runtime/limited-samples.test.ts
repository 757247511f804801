import { expect, test } from 'vitest'
import { limitedSamples } from './limited-samples.ts'

test('the first of each minute pass, and no more', () => {
  const passes = limitedSamples({ perMinute: 2 })
  expect([0, 1, 59_999].map(passes)).toEqual([true, true, false])
  expect([60_000, 60_001, 60_002].map(passes)).toEqual([true, true, false])
})
