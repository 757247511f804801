import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessPatterns } from '#shared/store/access-patterns.ts'
import type { Table } from '#shared/store/table.ts'
import { missingEngine, startDynamoDb, type TestEngine } from '../support/dynamodb.ts'
import { performPattern, preparePatterns } from './support/perform-patterns.ts'
import { type Billed, billCalls } from './support/tampered-client.ts'

describe.skipIf(missingEngine)(`the bill of every access pattern ${missingEngine ?? ''}`, () => {
  let engine: TestEngine
  let table: Table
  const bill: Billed[] = []

  beforeAll(async () => {
    engine = await startDynamoDb()
    table = { client: billCalls(engine.client(), bill), name: engine.table.name }
    await preparePatterns(table)
  })
  afterAll(() => engine.stop())

  test.each(Object.keys(accessPatterns))('%s costs what the table of patterns says', async (id) => {
    bill.length = 0
    await performPattern(id, table)
    const pattern = accessPatterns[id]
    expect(bill.map(({ operation }) => operation)).toEqual(pattern?.operations)
    expect(new Set(bill.flatMap(({ entities }) => entities))).toEqual(new Set(pattern?.entities))
    const units = bill.reduce((sum, call) => sum + call.units, 0)
    expect(Object.values(pattern?.units ?? {})).toEqual([units])
    const isStrong = bill.some(({ consistentRead }) => consistentRead)
    expect(isStrong).toBe(pattern?.consistency === 'strongly consistent')
  })
})
