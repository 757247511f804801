import { expect, test } from 'vitest'
import { usageBetween } from './usage.ts'

const used = (requests: number, gets: number) => ({
  requests,
  logBytes: requests * 200,
  calls: { 'dynamodb:GetItem': gets },
  readUnits: gets,
  writeUnits: 0,
})

test('usage is what the meter has moved, per run', () => {
  const usage = usageBetween({ f: used(2, 5) }, { f: used(12, 25) }, 10)
  expect(usage).toEqual({
    f: {
      requests: 1,
      logBytes: 200,
      calls: { 'dynamodb:GetItem': 2 },
      readUnits: 2,
      writeUnits: 0,
    },
  })
})

test('functions and actions that the flow does not use are left out', () => {
  const before = { f: used(1, 1), g: used(3, 3) }
  expect(usageBetween(before, { f: used(2, 1), g: used(3, 3) }, 1)).toEqual({
    f: { requests: 1, logBytes: 200, calls: {}, readUnits: 0, writeUnits: 0 },
  })
})

test('a function that was never called before counts from zero', () => {
  expect(usageBetween({}, { f: used(1, 2) }, 1)['f']?.calls).toEqual({ 'dynamodb:GetItem': 2 })
})
