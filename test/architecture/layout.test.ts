import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { projectFiles, textOf } from '../../tools/project-files.ts'
import { readCode } from './code.ts'
import { answeringFolder, badNames, foldersWithCode } from './layout.ts'

const onDisk = projectFiles('**/*.ts')

test('every TypeScript file is type checked by one of the configurations', () => {
  const checked = new Set(readCode(process.cwd()).map(({ path }) => path))
  expect(onDisk.filter((path) => !checked.has(path))).toEqual([])
})

test('file names are kebab-case and say what is inside', () => {
  expect(badNames(onDisk)).toEqual([])
})

test('every folder with code has a README of at most 30 lines', () => {
  const readmes = foldersWithCode(onDisk).map((folder) => `${folder}/README.md`)
  expect(readmes.filter((readme) => !existsSync(readme))).toEqual([])
  const lines = (path: string) => textOf(path).trimEnd().split('\n').length
  expect(readmes.filter((readme) => lines(readme) > 30)).toEqual([])
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
