import { expect, test } from 'vitest'
import { projectCitations } from '../../tools/citations.ts'
import { excludedReferences, unknownExclusions } from '../../tools/spec-exclusions.ts'
import { specifications } from '../../tools/specifications.ts'

test('every specification that is cited is known, and has the cited section', () => {
  expect(projectCitations().flatMap(({ unknown }) => unknown)).toEqual([])
})

test('no two documents share an id or a name', () => {
  for (const property of ['id', 'name'] as const) {
    const values = specifications.map((specification) => specification[property])
    expect(new Set(values).size).toBe(values.length)
  }
})

test('what is left out names a section that exists, once, in order', () => {
  expect(unknownExclusions).toEqual([])
  expect(excludedReferences).toEqual([...new Set(excludedReferences)].sort())
})
