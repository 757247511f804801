import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SecurityProfile } from '#shared/tenant/tenant.ts'
import { client, tenant } from '../../../test/support/builders.ts'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { answersWith, parseResponseType, responseTypes, responseTypesOf } from './response-type.ts'

const old = client({ grantTypes: ['authorization_code', 'implicit'], responseTypes })
const of = (profile: SecurityProfile) => tenant({ settings: { ...tenant().settings, profile } })

const refusalOf = (presented: string | undefined, by = old, at = tenant()) =>
  thrownBy(() => parseResponseType(presented, by, at))

test('rfc6749 section 3.1.1: response_type is required', () => {
  expect(refusalOf(undefined)).toMatchObject({
    code: 'invalid_request',
    rule: 'oauth/response-type/missing',
  })
})

test.each(['none', 'CODE', 'code code', 'code  token', ' code', '', 'code id_token token none'])(
  'rfc6749 section 4.1.2.1: %j is an unsupported_response_type',
  (presented) => {
    expect(refusalOf(presented)).toMatchObject({
      code: 'unsupported_response_type',
      rule: 'oauth/response-type/unknown',
    })
  },
)

/** @spec https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseTypes */
test.each([
  ['token id_token', 'id_token token'],
  ['id_token code', 'code id_token'],
  ['token id_token code', 'code id_token token'],
])('rfc6749 section 3.1.1: the order of %j does not matter', (presented, type) => {
  expect(parseResponseType(presented, old, tenant())).toBe(type)
})

/** @spec https://www.rfc-editor.org/rfc/rfc8252#section-8.2 no implicit grant for who has not registered for it */
describe('rfc9700 section 2.1.2: tokens come from the token endpoint', () => {
  test.each(responseTypes.filter((type) => type !== 'code'))(
    'unless a client is registered for %s',
    (type) => {
      expect(refusalOf(type, client())).toMatchObject({
        code: 'unauthorized_client',
        rule: 'oauth/response-type/unregistered',
      })
      expect(parseResponseType(type, old, tenant())).toBe(type)
    },
  )

  test.each([{ dpopBoundAccessTokens: true }, { certificateBoundAccessTokens: true }])(
    'and always where they are bound to a key: %j',
    (bound) => {
      const by = { ...old, ...bound }
      expect(refusalOf('token', by)).toMatchObject({
        code: 'unauthorized_client',
        rule: 'oauth/response-type/unbound',
      })
      expect(parseResponseType('code id_token', by, tenant())).toBe('code id_token')
    },
  )
})

test('oidc registration section 2: a client is held to the types that it is registered for', () => {
  const hybrid = client({ ...old, responseTypes: ['code id_token'] })
  expect(refusalOf('code', hybrid)).toMatchObject({ code: 'unauthorized_client' })
  expect(refusalOf('code', client({ grantTypes: ['client_credentials'] }))).toMatchObject({
    code: 'unauthorized_client',
  })
})

test('fapi1 advanced section 5.2.2: code, or code id_token', () => {
  expect(responseTypesOf(of('fapi1-advanced'))).toEqual(['code', 'code id_token'])
  expect(refusalOf('code id_token token', old, of('fapi1-advanced'))).toMatchObject({
    code: 'unsupported_response_type',
  })
})

test('a tenant of fapi2 answers with a code alone', () => {
  expect(responseTypesOf(of('fapi2'))).toEqual(['code'])
  expect(refusalOf('code id_token', old, of('fapi2'))).toMatchObject({
    code: 'unsupported_response_type',
  })
})

test('a type is made of whole words', () => {
  expect(answersWith('id_token', 'token')).toBe(false)
  expect(answersWith('id_token token', 'token')).toBe(true)
})

test('no text at all makes parsing throw anything but a refusal', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      parsesOrRefuses(() => parseResponseType(text, old, tenant()))
    }),
  )
})
