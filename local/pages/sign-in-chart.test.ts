import { expect, test } from 'vitest'
import { textOf } from '#shared/signin/views/html.ts'
import { signInChart } from './sign-in-chart.ts'

const from = Date.parse('2026-01-02T03:04:00Z')
const chart = textOf(
  signInChart([
    { from, signIns: 3, failures: 1 },
    { from: from + 120_000, signIns: 0, failures: 0 },
    { from: from + 240_000, signIns: 1, failures: 0 },
  ]),
)

test('the chart says in words what its bars show', () => {
  expect(chart).toContain('aria-label="4 sign-ins and 1 failure within the last hour"')
  expect(chart).toContain('<title>03:04 UTC: 3 sign-ins, 1 failure</title>')
})

test('the highest pair of bars fills the drawing, and a quiet stretch has none', () => {
  expect(chart.match(/<rect /g)).toHaveLength(4)
  expect(chart).toContain('class="sign-ins" x="2" y="30.0" width="16" height="90.0"')
  expect(chart).toContain('class="failures" x="2" y="0.0" width="16" height="30.0"')
})

test('the chart has no script and no style of its own, as the page’s policy demands', () => {
  expect(chart).not.toMatch(/<script|<style|style=| on[a-z]+=/)
})

test('an hour without sign-ins is drawn, too', () => {
  expect(textOf(signInChart([{ from, signIns: 0, failures: 0 }]))).toContain(
    '0 sign-ins and 0 failures',
  )
})
