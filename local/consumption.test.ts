import { expect, test } from 'vitest'
import { createConsumptionMeter } from './consumption.ts'

test('calls and units are summed by caller and action', () => {
  const meter = createConsumptionMeter()
  meter.count('oauth2.token', 'dynamodb:GetItem', { readUnits: 1, writeUnits: 0 })
  meter.count('oauth2.token', 'dynamodb:GetItem', { readUnits: 0.5, writeUnits: 0 })
  meter.count('oauth2.token', 'kms:Sign')
  meter.count('signin.password', 'dynamodb:GetItem', { readUnits: 1, writeUnits: 0 })
  const row = { readUnits: 0, writeUnits: 0 }
  expect(meter.rows()).toEqual([
    { ...row, caller: 'oauth2.token', action: 'dynamodb:GetItem', calls: 2, readUnits: 1.5 },
    { ...row, caller: 'oauth2.token', action: 'kms:Sign', calls: 1 },
    { ...row, caller: 'signin.password', action: 'dynamodb:GetItem', calls: 1, readUnits: 1 },
  ])
})
