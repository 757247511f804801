import { expect, test } from 'vitest'
import { median, rounded } from './statistics.ts'

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
  [[], 0],
])('the median of %j is %d', (numbers, middle) => {
  expect(median(numbers)).toBe(middle)
})

test('numbers are rounded to the digits that mean something', () => {
  expect(rounded(1.23456)).toBe(1.23)
  expect(rounded(1.23456, 0)).toBe(1)
})
