import { expect, test } from 'vitest'
import { accessPatterns } from '#shared/store/access-patterns.ts'
import type { Table } from '#shared/store/table.ts'
import { type TestEngine, useDynamoDb } from '../support/dynamodb.ts'
import { performPattern, preparePatterns } from './support/perform-patterns.ts'
import { type Billed, billCalls } from './support/tampered-client.ts'

const billedTable = (engine: TestEngine, bill: Billed[]): Table => ({
  client: billCalls(engine.client(), bill),
  name: engine.table.name,
})

const engine = useDynamoDb(({ table }) => preparePatterns(table))

test.each(Object.keys(accessPatterns))('%s costs what the table of patterns says', async (id) => {
  const bill: Billed[] = []
  await performPattern(id, billedTable(engine(), bill))
  const pattern = accessPatterns[id]
  expect(bill.map(({ operation }) => operation)).toEqual(pattern?.operations)
  expect(new Set(bill.flatMap(({ entities }) => entities))).toEqual(new Set(pattern?.entities))
  const units = bill.reduce((sum, call) => sum + call.units, 0)
  expect(Object.values(pattern?.units ?? {})).toEqual([units])
  const isStrong = bill.some(({ consistentRead }) => consistentRead)
  expect(isStrong).toBe(pattern?.consistency === 'strongly consistent')
})
