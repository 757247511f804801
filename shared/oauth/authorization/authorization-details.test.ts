import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { client, tenant } from '../../../test/support/builders.ts'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import {
  detailsForResources,
  narrowAuthorizationDetails,
  parseAuthorizationDetails,
} from './authorization-details.ts'

const fields = ['actions', 'locations', 'identifier', 'amount']
const knowing = {
  tenant: tenant({
    settings: {
      ...tenant().settings,
      authorizationDetailsTypes: [
        { type: 'payment', displayName: 'Pay', fields },
        { type: 'files', displayName: 'Files', fields: [] },
      ],
    },
  }),
  client: client({ authorizationDetailsTypes: ['payment', 'unknown'] }),
}

const parse = (presented: unknown) =>
  parseAuthorizationDetails(
    typeof presented === 'string' ? presented : JSON.stringify(presented),
    knowing,
  )

const payment = { type: 'payment', actions: ['pay', 'stop'], amount: { value: 1 } }

const refusedAs = (rule: string) => ({
  code: 'invalid_authorization_details',
  rule: `oauth/authorization-details/${rule}`,
})

describe('rfc9396 section 2, 2.1 and 2.2: an array of objects with a type', () => {
  test('is taken as it is', () => {
    expect(parse([payment, payment])).toEqual([payment, payment])
    expect(parseAuthorizationDetails(undefined, knowing)).toBeUndefined()
  })

  test.each<[string, unknown]>([
    ['shape', '{'],
    ['shape', '{}'],
    ['shape', []],
    ['shape', [[]]],
    ['shape', [null]],
    ['shape', [{ actions: [] }]],
    ['shape', [{ type: 1 }]],
    ['shape', Array.from({ length: 11 }, () => payment)],
    ['shape', [{ ...payment, amount: 'x'.repeat(9000) }]],
    ['shape', [{ ...payment, actions: 'pay' }]],
    ['shape', [{ ...payment, actions: [1] }]],
    ['shape', [{ ...payment, identifier: 1 }]],
    ['shape', [{ ...payment, amount: 1e300 }]],
    ['shape', [{ ...payment, amount: 1e-300 }]],
    ['shape', [{ ...payment, amount: { '': 1 } }]],
    ['shape', [{ ...payment, amount: { '\ud800': 1 } }]],
    ['shape', [{ ...payment, amount: '\ud800' }]],
    ['shape', '[{"type":"payment","amount":{"__proto__":1}}]'],
    ['shape', `[{"type":"payment","amount":${'['.repeat(20)}${']'.repeat(20)}}]`],
    ['type', [{ type: 'unknown' }]],
    ['type', [{ type: 'files' }]],
    ['field', [{ ...payment, colour: 'red' }]],
  ])('and refused otherwise: %s %j', (rule, presented) => {
    expect(thrownBy(() => parse(presented))).toMatchObject(refusedAs(rule))
  })

  test('no text at all makes it throw anything but a refusal', () => {
    const entry = fc.record({ type: fc.constant('payment'), amount: fc.jsonValue() })
    fc.assert(
      fc.property(anyText, fc.json(), fc.array(entry), (text, json, entries) => {
        parsesOrRefuses(() => parse(text))
        parsesOrRefuses(() => parse(json))
        parsesOrRefuses(() => parse(entries))
      }),
    )
  })
})

describe('rfc9396 section 6: a token request', () => {
  test('that names nothing keeps all', () => {
    expect(narrowAuthorizationDetails(undefined, [payment])).toEqual([payment])
    expect(narrowAuthorizationDetails(undefined, undefined)).toBeUndefined()
  })

  test('may ask for less of what is listed', () => {
    const less = [{ ...payment, actions: ['pay'] }]
    expect(narrowAuthorizationDetails(less, [payment])).toEqual(less)
  })

  test.each([
    [[payment], undefined],
    [[{ ...payment, actions: ['pay', 'steal'] }], [payment]],
    [[{ ...payment, amount: { value: 2 } }], [payment]],
    [[{ type: 'payment', actions: ['pay'] }], [payment]],
    [[payment], [{ type: 'payment', actions: ['pay', 'stop'] }]],
    [[{ ...payment, actions: [] }], [payment]],
    [[payment, payment], [payment]],
    [[{ type: 'payment', identifier: 'a\u0308' }], [{ type: 'payment', identifier: '\u00e4' }]],
    [[{ type: 'payment', identifier: 'A' }], [{ type: 'payment', identifier: 'a' }]],
  ])(
    'rfc9396 section 6.1 and 12: may not ask for anything else, nor for the same spelt otherwise: %j of %j',
    (requested, authorized) => {
      const narrow = () => narrowAuthorizationDetails(requested, authorized)
      expect(thrownBy(narrow)).toMatchObject(refusedAs('widened'))
    },
  )
})

test('rfc9396 section 3.2: what is located elsewhere is not in the token', () => {
  const here = { type: 'payment', locations: ['https://a.example', 'https://b.example'] }
  const elsewhere = { type: 'payment', locations: ['https://c.example'] }
  const details = [here, elsewhere, payment]
  expect(detailsForResources(details, ['https://a.example'])).toEqual([here, payment])
  expect(detailsForResources(details, [])).toEqual(details)
})
