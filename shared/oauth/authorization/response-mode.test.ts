import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callback, client, tenant } from '../../../test/support/builders.ts'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import {
  canPostTo,
  channelOf,
  defaultResponseMode,
  isSigned,
  type ModeFacts,
  parseResponseMode,
  responseModes,
  verifyResponseMode,
} from './response-mode.ts'

const facts = (more: Partial<ModeFacts> = {}): ModeFacts => ({
  responseType: 'code',
  client: client(),
  tenant: tenant(),
  ...more,
})

/** Reads the mode of a request and holds its client to it. */
function use(mode: string | undefined, more: Partial<ModeFacts> = {}, redirectUri = callback) {
  const given = facts(more)
  const { responseType } = given
  return verifyResponseMode(parseResponseMode(mode, { redirectUri, responseType }), given)
}

const refusalOf = (...asked: Parameters<typeof use>) => thrownBy(() => use(...asked))

test.each(responseModes)('oauth multiple response types section 2.1: %s is a mode', (mode) => {
  expect(() => use(mode)).not.toThrow()
})

test.each(['QUERY', 'web_message', 'query.jws', 'query fragment', ' ', 'jwt.jwt', '.jwt'])(
  'oauth multiple response types section 2.1: %s is none of ours',
  (mode) => {
    expect(refusalOf(mode)).toMatchObject({ code: 'invalid_request', rule: 'oauth/response-mode' })
  },
)

test.each(['form_post', 'form_post.jwt'])(
  'form_post section 2: with %s a form cannot be posted to the scheme of an app',
  (mode) => {
    const redirectUri = 'com.example.app:/cb'
    expect(canPostTo(redirectUri)).toBe(false)
    expect(refusalOf(mode, {}, redirectUri)).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/response-mode/form-post',
    })
  },
)

test.each([
  ['code', 'query'],
  [undefined, 'query'],
  ['none', 'query'],
  ['id_token', 'fragment'],
  ['token', 'fragment'],
  ['code id_token', 'fragment'],
  ['id_token_hint', 'query'],
])('oauth multiple response types section 2.1: the default for %s is %s', (type, mode) => {
  expect(defaultResponseMode(type)).toBe(mode)
  const target = { redirectUri: callback, responseType: type }
  expect(parseResponseMode(undefined, target)).toBe(mode)
})

test.each([
  ['code', 'query.jwt'],
  ['id_token token', 'fragment.jwt'],
])('jarm section 2.3.4: jwt for %s is %s', (responseType, mode) => {
  expect(parseResponseMode('jwt', { redirectUri: callback, responseType })).toBe(mode)
})

test('jarm section 2.3: a signed mode has the channel of its name', () => {
  expect(channelOf('form_post.jwt')).toBe('form_post')
  expect(isSigned('form_post.jwt')).toBe(true)
  expect(isSigned('form_post')).toBe(false)
})

describe('a token in the answer', () => {
  const rule = 'oauth/response-mode/query'

  test.each(['token', 'id_token', 'code id_token', 'token id_token', 'code token'])(
    'oauth multiple response types section 2.1, 5 and 7: %s is never returned in a query',
    (responseType) => {
      expect(refusalOf('query', { responseType })).toMatchObject({ code: 'invalid_request', rule })
    },
  )

  test('jarm section 2.3.1: query.jwt neither, unless the answer is encrypted', () => {
    const responseType = 'code id_token'
    expect(refusalOf('query.jwt', { responseType })).toMatchObject({ rule })
    const encrypting = client({ authorizationResponse: { encryptionAlg: 'RSA-OAEP' } })
    expect(refusalOf('query', { responseType, client: encrypting })).toMatchObject({ rule })
    const accepted = facts({ responseType, client: encrypting })
    expect(() => verifyResponseMode('query.jwt', accepted)).not.toThrow()
  })
})

describe('fapi1 advanced section 5.2.2: the answer carries a signature', () => {
  const strict = tenant({ settings: { ...tenant().settings, profile: 'fapi1-advanced' } })

  test.each([undefined, 'query', 'fragment', 'form_post'])(
    'a bare code in the mode %s is refused',
    (mode) => {
      expect(refusalOf(mode, { tenant: strict })).toMatchObject({
        code: 'invalid_request',
        rule: 'oauth/response-mode/unsigned',
      })
    },
  )

  test('of a JWT, or of an ID token beside the code', () => {
    expect(() => use('jwt', { tenant: strict })).not.toThrow()
    expect(() => use(undefined, { tenant: strict, responseType: 'code id_token' })).not.toThrow()
  })
})

test('no text at all makes parsing throw anything but a refusal', () => {
  fc.assert(
    fc.property(anyText, anyText, (mode, responseType) => {
      parsesOrRefuses(() => use(mode, { responseType }))
    }),
  )
})

describe('fapi 2.0 message signing section 5.3.3 and 5.4.1: a client that has registered its response_modes', () => {
  const signing = client({ responseModes: ['jwt'] })

  test.each(['jwt', 'query.jwt'])('is answered with %s', (mode) => {
    expect(() => use(mode, { client: signing })).not.toThrow()
  })

  test.each([undefined, 'query', 'fragment', 'form_post', 'form_post.jwt', 'fragment.jwt'])(
    'and never with %s',
    (mode) => {
      expect(refusalOf(mode, { client: signing })).toMatchObject({
        code: 'invalid_request',
        rule: 'oauth/response-mode/unregistered',
      })
    },
  )
})
