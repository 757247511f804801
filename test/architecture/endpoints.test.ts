import { expect, test } from 'vitest'
import { endpoints } from '#infra/endpoints.ts'
import { projectFiles } from '../../tools/project-files.ts'

const entriesOnDisk = projectFiles('functions/*/*.ts').filter(
  (path) => !path.startsWith('functions/_runtime/') && !path.endsWith('.test.ts'),
)

test('the endpoint table and the entries on disk are the same list', () => {
  const inTable = Object.values(endpoints).map(({ entry }) => entry)
  expect(inTable.toSorted()).toEqual(entriesOnDisk)
})

test('an endpoint is named after its entry: area, dot, file', () => {
  const misnamed = Object.entries(endpoints).filter(
    ([name, { entry }]) => entry !== `functions/${name.replace('.', '/')}.ts`,
  )
  expect(misnamed).toEqual([])
})

test('no route and no access word is listed twice', () => {
  const routes = Object.values(endpoints).flatMap((endpoint) => [...endpoint.routes])
  expect(new Set(routes).size).toBe(routes.length)
  for (const { access } of Object.values(endpoints)) {
    expect(new Set(access).size).toBe(access.length)
  }
})
