import { expect, test } from 'vitest'
import { tenant } from '../../test/support/builders.ts'
import { consentDetails } from './consent-details.ts'

const types = [{ type: 'payment', displayName: 'Make a payment', fields: [] }]
const by = tenant({ settings: { ...tenant().settings, authorizationDetailsTypes: types } })

const linesOf = (fields: object) =>
  consentDetails(by, [{ type: 'payment', ...fields }])?.flatMap(({ lines }) => lines)

test('rfc9396 section 1: details are said part by part, whatever they are made of', () => {
  const amount = { currency: 'EUR', parts: [1, null, { of: true }] }
  const numbered = [
    ['1', '1'],
    ['2', 'null'],
    ['3', [['of', 'true']]],
  ]
  const lines = [
    [
      'actions',
      [
        ['1', 'a'],
        ['2', 'b'],
      ],
    ],
    [
      'amount',
      [
        ['currency', 'EUR'],
        ['parts', numbered],
      ],
    ],
  ]
  const details = [{ type: 'payment', actions: ['a', 'b'], amount }]
  expect(consentDetails(by, details)).toEqual([{ title: 'Make a payment', lines }])
})

test('rfc9396 section 12: no text passes for another part', () => {
  const imitating = { amount: { currency: 'EUR, value: 1.00', value: '9999.00' } }
  const lines = [
    ['currency', 'EUR, value: 1.00'],
    ['value', '9999.00'],
  ]
  expect(linesOf(imitating)).toEqual([['amount', lines]])
  expect(linesOf({ actions: ['a, b'] })).not.toEqual(linesOf({ actions: ['a', 'b'] }))
})

test('an empty list, which may mean no limit, keeps its line', () => {
  expect(linesOf({ actions: [] })).toEqual([['actions', []]])
})

test('a type that has been given up since is called what it is', () => {
  expect(consentDetails(tenant(), [{ type: 'payment' }])).toEqual([{ title: 'payment', lines: [] }])
  expect(consentDetails(tenant(), undefined)).toBeUndefined()
})
