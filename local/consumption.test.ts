import { expect, test } from 'vitest'
import { createConsumptionMeter } from './consumption.ts'

const answer = { status: 200, headers: {}, body: Buffer.alloc(0) }
const read = (readUnits: number) => async () => ({
  ...answer,
  capacity: { readUnits, writeUnits: 0 },
})

test('calls and units are summed by function and action', async () => {
  const meter = createConsumptionMeter()
  const get = { service: 'dynamodb', action: 'GetItem' }
  await meter.measure({ function: 'oauth2.token', ...get }, read(1))
  await meter.measure({ function: 'oauth2.token', ...get }, read(0.5))
  const sign = { function: 'oauth2.token', service: 'kms', action: 'Sign' }
  await meter.measure(sign, async () => answer)
  await meter.measure({ function: 'signin.password', ...get }, read(1))
  const row = { readUnits: 0, writeUnits: 0, calls: 1 }
  expect(meter.rows()).toEqual([
    { ...row, function: 'oauth2.token', action: 'dynamodb:GetItem', calls: 2, readUnits: 1.5 },
    { ...row, function: 'oauth2.token', action: 'kms:Sign' },
    { ...row, function: 'signin.password', action: 'dynamodb:GetItem', readUnits: 1 },
  ])
})

test('a call that is not served is not counted', async () => {
  const meter = createConsumptionMeter()
  const call = { function: 'oauth2.token', service: 'kms', action: 'Sign' }
  const failing = () => Promise.reject(new Error('throttled'))
  await expect(meter.measure(call, failing)).rejects.toThrow('throttled')
  expect(meter.rows()).toEqual([])
})
