import { expect, test } from 'vitest'
import { periodOf } from './schedule-expression.ts'

test.each([
  ['rate(1 minute)', 60_000],
  ['rate(5 minutes)', 300_000],
  ['rate(1 hour)', 3_600_000],
  ['rate(7 days)', 604_800_000],
])('EventBridge: %s', (expression, milliseconds) => {
  expect(periodOf(expression)).toBe(milliseconds)
})

test.each(['rate(0 minutes)', 'rate(1 minutes)', 'rate(2 hour)', 'cron(0 10 * * ? *)', ''])(
  'EventBridge: %j is refused',
  (expression) => {
    expect(() => periodOf(expression)).toThrow('does not know the schedule')
  },
)
