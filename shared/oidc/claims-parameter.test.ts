import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { client } from '../../test/support/builders.ts'
import { anyText, parsesOrRefuses, thrownBy } from '../../test/support/refusals.ts'
import { parseClaimsParameter, scopesOfClaims } from './claims-parameter.ts'

const parse = (presented: unknown, by = client()) =>
  parseClaimsParameter(typeof presented === 'string' ? presented : JSON.stringify(presented), by)

describe('oidc core section 5.5: the claims parameter', () => {
  test('asks for claims by name, in the ID token and from userinfo', () => {
    const asked = { id_token: { email: { essential: true } }, userinfo: { name: null, x: null } }
    expect(parse(asked)).toEqual({
      claims: { id_token: { email: null }, userinfo: { name: null } },
    })
    expect(parse({})).toEqual({})
    expect(parse({ userinfo: null, verified_claims: 7 })).toEqual({})
  })

  test('oidc core section 5.5.1: says which values will do', () => {
    const asked = { email: { value: 'a@b.c' }, name: { essential: true, values: ['A', 'B'] } }
    expect(parse({ userinfo: asked })).toEqual({
      claims: { userinfo: { email: { values: ['a@b.c'] }, name: { values: ['A', 'B'] } } },
    })
  })

  test('asks for nothing that the client could not ask for by scope', () => {
    expect(parse({ userinfo: { phone_number: null, email: null } })).toEqual({
      claims: { userinfo: { email: null } },
    })
  })

  test.each<[unknown]>([
    ['{'],
    ['[]'],
    ['null'],
    [{ id_token: [] }],
    [{ userinfo: { name: true } }],
    [{ userinfo: { name: { values: 'A' } } }],
    [{ id_token: { acr: { values: [1] } } }],
    [{ id_token: { sub: { value: {} } } }],
    [{ userinfo: { x: { y: 'z'.repeat(5000) } } }],
    [`{"userinfo":{"name":{"value":${'['.repeat(40)}${']'.repeat(40)}}}}`],
    ['{"userinfo":{"name":{"value":1e300}}}'],
    ['{"id_token":{"email":{"values":["\\ud800"]}}}'],
  ])('is invalid_request otherwise: %j', (presented) => {
    expect(thrownBy(() => parse(presented))).toMatchObject({
      code: 'invalid_request',
      rule: 'oidc/claims-parameter',
    })
  })

  test('oidc core section 5.5.1: names a user, from either side', () => {
    expect(parse({ id_token: { sub: { value: 'u' } } })).toEqual({ subject: 'u' })
    expect(parse({ userinfo: { sub: { value: 'u' } } })).toEqual({ subject: 'u' })
    expect(parse({ id_token: { sub: null } })).toEqual({})
  })

  test('oidc core section 5.5.1.1: names classes of authentication', () => {
    expect(parse({ id_token: { acr: { essential: true, values: ['a', 'b'] } } })).toEqual({
      acr: { values: ['a', 'b'], isEssential: true },
    })
    expect(parse({ id_token: { acr: { value: 'a' } } })).toEqual({
      acr: { values: ['a'], isEssential: false },
    })
  })

  test('no text at all makes it throw anything but a refusal', () => {
    const request = fc.oneof(
      fc.constant(null),
      fc.record({ essential: fc.boolean(), value: fc.jsonValue() }),
    )
    const member = fc.dictionary(fc.constantFrom('acr', 'sub', 'email', '__proto__'), request)
    fc.assert(
      fc.property(anyText, fc.json(), member, (text, json, id_token) => {
        parsesOrRefuses(() => parse(text))
        parsesOrRefuses(() => parse(json))
        parsesOrRefuses(() => parse({ id_token, userinfo: id_token }))
      }),
    )
  })
})

test('oidc core section 5.4: a claim stands under the scope that asks for it', () => {
  const claims = { id_token: { email_verified: null }, userinfo: { name: null, nickname: null } }
  expect(scopesOfClaims(claims)).toEqual(['email', 'profile'])
  expect(scopesOfClaims(undefined)).toEqual([])
})
