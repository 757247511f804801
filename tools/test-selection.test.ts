import { expect, test } from 'vitest'
import config from '../vitest.config.ts'
import { testArguments } from './test-selection.ts'

const projectsOf = (given: readonly string[]) =>
  testArguments(given).filter((_, at, all) => all[at - 1] === '--project')

test('every project is run by one of the two commands, and by one only', () => {
  const projects = (config.test?.projects ?? []).map((project) =>
    typeof project === 'object' && 'test' in project ? project.test?.name : undefined,
  )
  const run = [...projectsOf([]), ...projectsOf(['--endurance'])]
  expect(run.toSorted()).toEqual(projects.map(String).toSorted())
})

test('projects that are named are the only ones, and paths are passed on', () => {
  const given = ['--project', 'unit', 'shared/oauth']
  expect(testArguments(given)).toEqual(given)
  expect(testArguments(['shared/oauth']).at(-1)).toBe('shared/oauth')
})
