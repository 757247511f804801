import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { client } from '../../../test/support/builders.ts'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { exchangeTargets, parseTokenType } from './token-exchange.ts'

const [orders, stock, ledger] = [
  'https://orders.example/',
  'https://stock.example/',
  'https://ledger.example/',
]
const exchanger = client({ tokenExchange: { audiences: [stock] } })

describe('rfc8693 section 2.1.1: resource and audience name together what the token is for', () => {
  test.each([
    ['nothing: what the token was for', [], [orders]],
    ['one that the token was for', [orders], [orders]],
    ['one that the client may reach', [stock], [stock]],
    ['both', [orders, stock], [orders, stock]],
  ])('%s', (_, named, targets) => {
    expect(exchangeTargets(named, [orders], exchanger)).toEqual(targets)
  })

  test.each([[[ledger]], [[orders, ledger]], [['https://orders.example']], [['']]])(
    'rfc8693 section 2.2.2: %j is invalid_target',
    (named) => {
      expect(thrownBy(() => exchangeTargets(named, [orders], exchanger))).toMatchObject({
        code: 'invalid_target',
        rule: 'oauth/token-exchange/target',
      })
    },
  )
})

test('rfc8693 section 3: a type is one of those that we know, to the letter', () => {
  const types = 'urn:ietf:params:oauth:token-type'
  for (const name of ['access_token', 'id_token', 'jwt']) {
    expect(parseTokenType(`${types}:${name}`)).toBe(`${types}:${name}`)
  }
  for (const other of ['refresh_token', 'saml2', 'JWT', '']) {
    expect(thrownBy(() => parseTokenType(`${types}:${other}`))).toMatchObject({
      code: 'invalid_request',
    })
  }
  fc.assert(fc.property(anyText, (text) => parsesOrRefuses(() => parseTokenType(text))))
})
