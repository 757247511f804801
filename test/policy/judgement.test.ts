import { expect, test } from 'vitest'
import { idleAllowances, refusals } from './judgement.ts'

const row = { caller: 'oauth2.token', statement: 'FamiliesOpen', action: 'dynamodb:PutItem' }
const call = { caller: 'oauth2.jwks', action: 'dynamodb:GetItem', resource: 'arn:table' }

test('An allowance that was never used is reported', () => {
  expect(idleAllowances([{ ...row, allowed: 0 }])).toEqual([
    'oauth2.token: FamiliesOpen allows dynamodb:PutItem',
  ])
  expect(idleAllowances([{ ...row, allowed: 1 }])).toEqual([])
})

test('Writing logs is left to Lambda', () => {
  expect(idleAllowances([{ ...row, action: 'logs:PutLogEvents', allowed: 0 }])).toEqual([])
})

test('A refused call is reported, once however often it was made', () => {
  const refused = { ...call, allowed: false }
  expect(refusals([refused, refused, { ...call, allowed: true }])).toEqual([
    'oauth2.jwks: dynamodb:GetItem on arn:table',
  ])
})
