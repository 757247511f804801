import { expect, test } from 'vitest'
import { table } from './report.ts'

test('a table has a head, a rule that aligns numbers to the right, and its rows', () => {
  expect(table(['flow', 'ms'], [['login', 3.5]])).toBe(
    '| flow | ms |\n| --- | --: |\n| login | 3.5 |',
  )
})
