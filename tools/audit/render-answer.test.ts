import { expect, test } from 'vitest'
import { renderJsonLines, renderTable } from './render-answer.ts'

const answer = {
  columns: ['activity', 'n'],
  rows: [
    ['sign-in', 12],
    ['consent', 3],
  ],
} as const

test('JSON Lines: one object for each row, null for what is absent', () => {
  const { columns } = answer
  expect(renderJsonLines({ columns, rows: [['sign-in', 12], [null]] })).toEqual([
    '{"activity":"sign-in","n":12}',
    '{"activity":null,"n":null}',
  ])
})

test('a table has columns as wide as they need, numbers to the right, and the count of rows', () => {
  expect(renderTable(answer)).toEqual([
    'activity   n',
    '--------  --',
    'sign-in   12',
    'consent    3',
    '(2 rows)',
  ])
})

test('no row is a table too', () => {
  expect(renderTable({ columns: ['activity'], rows: [] })).toEqual([
    'activity',
    '--------',
    '(0 rows)',
  ])
})

test('what a stranger has typed steers no terminal and makes no line of its own', () => {
  const [, , line] = renderTable({ columns: ['x'], rows: [['\u001b[2Ja\nb\u0007']] })
  expect(line).toBe('a b')
})
