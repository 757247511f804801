import { expect, test } from 'vitest'
import { tenant } from '../../test/support/builders.ts'
import { consentDetails } from './consent-details.ts'

const types = [{ type: 'payment', displayName: 'Make a payment', fields: [] }]
const by = tenant({ settings: { ...tenant().settings, authorizationDetailsTypes: types } })

test('rfc9396 section 1: details are said field by field, whatever they are made of', () => {
  const amount = { currency: 'EUR', parts: [1, null, { of: true }] }
  expect(consentDetails(by, [{ type: 'payment', actions: ['a', 'b'], amount }])).toEqual([
    {
      title: 'Make a payment',
      lines: [
        ['actions', 'a, b'],
        ['amount', 'currency: EUR, parts: 1, null, of: true'],
      ],
    },
  ])
})

test('a type that has been given up since is called what it is', () => {
  expect(consentDetails(tenant(), [{ type: 'payment' }])).toEqual([{ title: 'payment', lines: [] }])
  expect(consentDetails(tenant(), undefined)).toBeUndefined()
})
