import { expect, test } from 'vitest'
import { accessPatterns } from '#shared/store/access-patterns.ts'
import { callersOf, renderAccessPatterns, renderPatterns } from './access-patterns.ts'
import { projectFiles, textOf } from './project-files.ts'

const callOf = (text: string) => [{ path: 'x.ts', text }]
const rotate = accessPatterns['AP-14']

test.each(['await ports.refreshFamilies.rotate(handle)', 'refreshFamilies\n    .rotate('])(
  '`%s` calls the pattern',
  (text) => {
    expect(rotate && callersOf(rotate, callOf(text))).toEqual(['x.ts'])
  },
)

test.each([
  'ports.families.rotate(',
  'refreshFamilies.find(',
  'the families refreshFamilies.rotates',
])('`%s` does not', (text) => {
  expect(rotate && callersOf(rotate, callOf(text))).toEqual([])
})

test('every pattern has a row, and one without callers says so', () => {
  const rows = renderPatterns([])
    .split('\n')
    .filter((line) => line.startsWith('| AP-'))
  expect(rows).toHaveLength(Object.keys(accessPatterns).length)
  expect(rows.every((line) => line.endsWith('– |'))).toBe(true)
})

test('every method of a repository port names its pattern, and every pattern is one of them', () => {
  const ports = projectFiles('shared/ports/repositories/*.ts').map(textOf).join('\n')
  const documented = [...ports.matchAll(/AP-\d\d(?=:)/g)].map(([id]) => id).sort()
  expect(documented).toEqual(Object.keys(accessPatterns).sort())
})

test('each pattern is called somewhere: nothing is built for later', () => {
  const uncalled = renderAccessPatterns()
    .split('\n')
    .filter((line) => line.endsWith('– |'))
  expect(uncalled).toEqual([])
})
