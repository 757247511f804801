import { expect, test } from 'vitest'
import { client, tenant } from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { parseRequestedAccess } from './requested-access.ts'
import { readSentParameters } from './sent-parameters.ts'

const { settings, ...rest } = tenant()
const by = {
  tenant: {
    ...rest,
    settings: {
      ...settings,
      authorizationDetailsTypes: [{ type: 'payment', displayName: 'Pay', fields: ['actions'] }],
    },
  },
  client: client({ authorizationDetailsTypes: ['payment'] }),
}
const details = 'authorization_details=[{"type":"payment"}]'

const sent = (query: string) => readSentParameters(new URLSearchParams(query))
const parse = (query: string, asking: typeof by = by) => parseRequestedAccess(sent(query), asking)

test('rfc8707 section 2: resource may be there more than once, and no other parameter', () => {
  expect(sent('resource=https://a.example&resource=https://b.example&x=1&x=2')).toMatchObject({
    resources: ['https://a.example', 'https://b.example'],
    repeated: ['x'],
  })
  expect(sent('resource=https://a.example&resource=https://a.example&resource=').resources).toEqual(
    ['https://a.example'],
  )
})

test('rfc9396 section 2: scope, resource and authorization_details stand side by side', () => {
  expect(parse(`scope=openid&resource=https://a.example&${details}`)).toEqual({
    scopes: ['openid'],
    resources: ['https://a.example'],
    authorizationDetails: [{ type: 'payment' }],
  })
})

test('rfc9396 section 3.1: details may stand for themselves', () => {
  expect(parse(details)).toMatchObject({ scopes: [], authorizationDetails: [{ type: 'payment' }] })
})

test.each([
  ['', 'invalid_scope'],
  [`scope=nonsense&${details}`, 'invalid_scope'],
  ['scope="', 'invalid_scope'],
  ['scope=openid&resource=/a', 'invalid_target'],
  ['scope=openid&resource=https://a.example/%23x', 'invalid_target'],
  ['scope=openid&authorization_details=[]', 'invalid_authorization_details'],
  ['scope=openid&authorization_details=[{"type":"other"}]', 'invalid_authorization_details'],
])('rfc9396 section 5, rfc8707 section 2: %j is %s', (query, code) => {
  expect(thrownBy(() => parse(query))).toMatchObject({ code })
})

test("rfc9396 section 5: a type that is not the client's is refused", () => {
  expect(
    thrownBy(() => parse(`scope=openid&${details}`, { ...by, client: client() })),
  ).toMatchObject({
    code: 'invalid_authorization_details',
  })
})
