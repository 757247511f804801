import { expect, test } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import { typeCheckConfigs } from './code.ts'
import { answeringFolder, badNames } from './layout.ts'

test('npm run typecheck runs over every configuration', () => {
  const projects = typeCheckConfigs().map((path) => path.replace(/\/?tsconfig.json$/, '') || '.')
  const commands = packageFile.scripts.typecheck.split(' && ')
  expect(commands.toSorted()).toEqual(projects.map((project) => `tsc -p ${project}`).toSorted())
})

test.each([
  'shared/oauth/index.ts',
  'shared/utils/x.ts',
  'local/fooBar.ts',
  'tools/helpers.test.ts',
])('%s is refused as a name', (path) => {
  expect(badNames([path])).toEqual([path])
})

test.each([
  ['shared/oauth/flows/token.ts', 'shared/oauth'],
  ['functions/oauth2/token.ts', 'functions/oauth2'],
  ['local/services/kms.ts', 'local'],
  ['vitest.config.ts', undefined],
])('the README that answers for %s stands in %s', (path, folder) => {
  expect(answeringFolder(path)).toBe(folder)
})
