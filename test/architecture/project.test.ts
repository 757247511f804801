import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { endpoints } from '#infra/endpoints.ts'
import { projectFiles, textOf } from '../../tools/project-files.ts'
import { longEntries, longFiles, longFunctions, measures } from './budgets.ts'
import { readCode } from './code.ts'
import { blemishes, strayAssertions } from './hygiene.ts'
import { forbiddenImports, overloadedEntries } from './imports.ts'
import { badNames, foldersWithCode } from './layout.ts'
import { environmentReaders, impurities } from './purity.ts'
import { packagesReached } from './reach.ts'

const code = readCode(process.cwd())
const onDisk = projectFiles('**/*.ts')

test.each([
  ['every import goes the way that the architecture allows', forbiddenImports],
  ['an entry imports one flow at most', overloadedEntries],
  ['rules and the kernel have no clock, no randomness, no waiting and no I/O', impurities],
  ['only functions/_runtime/config.ts reads the environment', environmentReaders],
  ['no function is longer than 60 lines', longFunctions],
  ['no file is longer than 300 lines, data apart', longFiles],
  ['no entry is longer than 20 lines', longEntries],
  ['no text leaves work for later, silences a checker or skips without a reason', blemishes],
  ['only brands, codecs and parsers assert a type', strayAssertions],
])('%s', (_, findingsIn) => {
  expect(findingsIn(code)).toEqual([])
})

/** What a function may load: each costs every cold start, and has a decision. */
const loadedByFunctions = [
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-kms',
  '@aws-sdk/client-sesv2',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/util-dynamodb',
  '@middy/core',
  'jose',
  'zod',
]

test('functions load these packages and no others', () => {
  const entries = Object.values(endpoints).map(({ entry }) => entry)
  expect([...packagesReached(code, entries).keys()].toSorted()).toEqual(loadedByFunctions)
})

test.each([
  'oauth2.authorize',
  'oauth2.token',
  'oauth2.userinfo',
  'oauth2.jwks',
  'signin.password',
] as const)('%s starts without the parser of registrations', (name) => {
  const reached = packagesReached(code, [endpoints[name].entry], { atOnce: true })
  expect(reached.get('zod')).toBeUndefined()
})

test('medians and ratios are measured, not gated', async ({ annotate }) => {
  for (const measure of measures(code)) await annotate(measure)
})

test('every TypeScript file is type checked by one of the configurations', () => {
  const checked = new Set(code.map(({ path }) => path))
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
