import { expect, test } from 'vitest'
import { type ProjectReport, renderReport, withoutSilence } from './test-report.ts'

const report = (project: string, more: Partial<ProjectReport> = {}): ProjectReport => ({
  project,
  tally: { passed: 2, failed: 0, skipped: 0 },
  milliseconds: 1500,
  skipped: [],
  measures: [],
  ...more,
})

test('each project has a line and the last line is the sum', () => {
  expect(renderReport([report('unit'), report('infra')]).split('\n')).toEqual([
    'unit       2 passed, 0 failed, 0 skipped in 1.5 s',
    'infra      2 passed, 0 failed, 0 skipped in 1.5 s',
    '4 passed, 0 failed, 0 skipped',
  ])
})

test('what did not run is listed under its reason', () => {
  const skipped = [
    { title: 'signs in', reason: 'no Chromium was found' },
    { title: 'signs out', reason: 'no Chromium was found' },
  ]
  expect(renderReport([report('features', { skipped })])).toContain(
    'Not run, no Chromium was found:\n  signs in\n  signs out\n',
  )
})

test('what tests measured is printed', () => {
  expect(renderReport([report('unit', { measures: ['functions: median 7 lines'] })])).toContain(
    'functions: median 7 lines\n',
  )
})

test('a run that ran nothing has failed, and says so', () => {
  const skippedOnly = report('unit', { tally: { passed: 0, failed: 0, skipped: 3 } })
  expect(renderReport(withoutSilence([skippedOnly]))).toMatch(/\n0 passed, 1 failed, 3 skipped$/)
  expect(withoutSilence([report('unit')])).toEqual([report('unit')])
})
