import { expect, inject, test } from 'vitest'
import type { z } from 'zod'
import { endpoints } from '#infra/endpoints.ts'
import { workers } from '#infra/workers.ts'
import { keptCalls } from '#local/aws-authorization.ts'
import { callsSchema, idleAllowances, refusals, usageSchema } from './judgement.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** `/_local/api` of the local cloud that the feature tests used, and that still runs. */
    localApi: string
  }
}

async function ask<T>(name: string, schema: z.ZodType<T>): Promise<T> {
  const api = inject('localApi')
  if (api === undefined)
    throw new Error('Run these tests together with the feature tests: npm test')
  const response = await fetch(`${api}/${name}`)
  return schema.parse(await response.json())
}

test("Every AWS call that the feature tests made was allowed by its function's own role", async () => {
  const calls = await ask('calls', callsSchema)
  expect(calls.length, 'calls were forgotten').toBeLessThan(keptCalls)
  expect(refusals(calls)).toEqual([])
})

test('Every allowance was used by some feature test', async () => {
  expect(idleAllowances(await ask('usage', usageSchema))).toEqual([])
})

test('Every function of both tables was judged', async () => {
  const callers = new Set((await ask('usage', usageSchema)).map(({ caller }) => caller))
  expect([...callers].sort()).toEqual(Object.keys({ ...endpoints, ...workers }).sort())
})
