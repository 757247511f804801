import { expect, test } from 'vitest'
import { isGreen, parseTally, renderTally, sum } from './tally.ts'

test('the closing line is read back as it was written', () => {
  const tally = { passed: 12, failed: 0, skipped: 3 }
  expect(parseTally(`noise\n${renderTally(tally)}\n`)).toEqual(tally)
})

test.each([
  ['nothing at all', ''],
  ['a tally that is not the last line', '1 passed, 0 failed, 0 skipped\nCrashed.'],
  ['a tally that does not stand alone', 'Tests: 1 passed, 0 failed, 0 skipped'],
])('%s is no closing line', (_, output) => {
  expect(parseTally(output)).toBeUndefined()
})

test('the sum of runners adds each count', () => {
  const tallies = [
    { passed: 1, failed: 2, skipped: 3 },
    { passed: 10, failed: 20, skipped: 30 },
  ]
  expect(sum(tallies)).toEqual({ passed: 11, failed: 22, skipped: 33 })
})

test('a run without a single pass is not green', () => {
  expect(isGreen({ passed: 0, failed: 0, skipped: 4 })).toBe(false)
  expect(isGreen({ passed: 1, failed: 1, skipped: 0 })).toBe(false)
  expect(isGreen({ passed: 1, failed: 0, skipped: 9 })).toBe(true)
})
