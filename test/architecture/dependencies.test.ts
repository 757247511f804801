import { expect, test } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import { projectFiles, textOf } from '../../tools/project-files.ts'

/** The packages that the `Decides:` line of a decision names. */
const decided = new Set(
  projectFiles('docs/decisions/*.md').flatMap((path) =>
    [...(/^Decides: (.+)$/m.exec(textOf(path))?.[1] ?? '').matchAll(/`([^`]+)`/g)].map(
      ([, name]) => name,
    ),
  ),
)

test('every runtime dependency has a decision', () => {
  const undecided = Object.keys(packageFile.dependencies).filter((name) => !decided.has(name))
  expect(undecided).toEqual([])
})

test('there are at most ten runtime dependencies', () => {
  expect(Object.keys(packageFile.dependencies).length).toBeLessThanOrEqual(10)
})

test('every dependency is pinned to one version', () => {
  const { dependencies, devDependencies, optionalDependencies } = packageFile
  const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies })
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
})
