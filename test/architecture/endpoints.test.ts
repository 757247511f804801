import { expect, test } from 'vitest'
import { endpoints } from '#infra/endpoints.ts'
import { workers } from '#infra/workers.ts'
import { projectFiles } from '../../tools/project-files.ts'

const entriesOnDisk = projectFiles('functions/*/*.ts').filter(
  (path) => !path.startsWith('functions/_runtime/') && !path.endsWith('.test.ts'),
)

const functions = { ...endpoints, ...workers }

test('the tables of endpoints and workers and the entries on disk are the same list', () => {
  const inTable = Object.values(functions).map(({ entry }) => entry)
  expect(inTable.toSorted()).toEqual(entriesOnDisk)
})

test('a function is named after its entry: area, dot, file', () => {
  const misnamed = Object.entries(functions).filter(
    ([name, { entry }]) => entry !== `functions/${name.replace('.', '/')}.ts`,
  )
  expect(misnamed).toEqual([])
})

test('no route and no access word is listed twice', () => {
  const routes = Object.values(endpoints).flatMap((endpoint) => [...endpoint.routes])
  expect(new Set(routes).size).toBe(routes.length)
  for (const { access } of Object.values(functions)) {
    expect(new Set(access).size).toBe(access.length)
  }
})
