import { expect, test } from 'vitest'
import { firstDifference } from './first-difference.ts'

test.each([
  ['the same', 'a\nb', 'a\nb', undefined],
  ['a changed line', 'a\nb\nc', 'a\nB\nc', 'line 2\n- b\n+ B'],
  ['a line more', 'a', 'a\nb', 'line 2\n- (end)\n+ b'],
  ['a line less', 'a\nb', 'a', 'line 2\n- b\n+ (end)'],
])('%s', (_, checkedIn, made, difference) => {
  expect(firstDifference(checkedIn, made)).toBe(difference)
})
