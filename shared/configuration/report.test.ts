import { expect, test } from 'vitest'
import { renderReport, reportOf } from './report.ts'

test('a report counts every kind by its outcomes', () => {
  const report = reportOf([
    { kind: 'users', outcome: 'created' },
    { kind: 'users', outcome: 'unchanged' },
    { kind: 'users', outcome: 'created' },
    { kind: 'clients', outcome: 'updated' },
  ])
  expect(report.users).toEqual({ created: 2, updated: 0, unchanged: 1 })
  expect(report.clients).toEqual({ created: 0, updated: 1, unchanged: 0 })
  expect(report.groups).toEqual({ created: 0, updated: 0, unchanged: 0 })
})

test('a rendered report has a line for each kind that there is', () => {
  const report = reportOf([
    { kind: 'clients', outcome: 'updated' },
    { kind: 'users', outcome: 'created' },
    { kind: 'users', outcome: 'unchanged' },
  ])
  expect(renderReport(report)).toBe('users: 1 created, 1 unchanged\nclients: 1 updated')
  expect(renderReport(reportOf([]))).toBe('')
})
