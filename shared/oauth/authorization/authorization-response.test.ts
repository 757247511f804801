import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { responseTarget } from '../../../test/support/builders.ts'
import {
  type AuthorizationResponse,
  identified,
  placed,
  type ResponseParameters,
  type ResponseTarget,
} from './authorization-response.ts'

const authorizationResponse = (target: ResponseTarget, answer: ResponseParameters) =>
  placed(target, identified(target, answer))

const locationOf = (response: AuthorizationResponse): URL =>
  new URL(response.kind === 'redirect' ? response.location : 'about:blank')

describe('query', () => {
  const { searchParams, hash } = locationOf(
    authorizationResponse(responseTarget(), { code: 'SplxlOBeZQQYbYS6WxSbIA' }),
  )

  test('rfc6749 section 4.1.2: code and state stand in the query', () => {
    expect(searchParams.get('code')).toBe('SplxlOBeZQQYbYS6WxSbIA')
    expect(searchParams.get('state')).toBe('af0ifjsldkj')
    expect(hash).toBe('')
  })

  /**
   * An app that talks to several servers can tell which one has answered.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc8252#section-8.10
   * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.4.2.1
   */
  test('rfc9207 section 2, 2.3 and 4: the response names its issuer', () => {
    expect(searchParams.get('iss')).toBe('https://id.example/acme')
  })

  test('rfc9207 section 2 and 2.2: so does a refusal, in every mode', () => {
    for (const responseMode of ['query', 'fragment', 'form_post'] as const) {
      const target = responseTarget({ responseMode })
      const { issuer } = target
      expect(identified(target, { error: 'access_denied' })).toMatchObject({ iss: issuer })
    }
  })

  test('rfc6749 section 4.1.2: nothing else is in it', () => {
    expect([...searchParams.keys()]).toEqual(['code', 'state', 'iss'])
  })

  test('rfc6749 section 3.1.2: a query of the redirect URI is kept', () => {
    const target = responseTarget({ redirectUri: 'https://app.example/cb?tenant=a%20b' })
    const response = authorizationResponse(target, { code: 'c' })
    expect(response).toHaveProperty(
      'location',
      expect.stringMatching(/^https:\/\/app\.example\/cb\?tenant=a%20b&code=c&/),
    )
  })

  test('rfc6749 section 4.1.2: no state is made up where none was sent', () => {
    const response = authorizationResponse(responseTarget({ state: undefined }), { code: 'c' })
    expect(locationOf(response).searchParams.has('state')).toBe(false)
  })
})

test('oauth multiple response types section 2.1: with fragment nothing is in the query', () => {
  const target = responseTarget({ responseMode: 'fragment' })
  const { search, hash } = locationOf(authorizationResponse(target, { code: 'c' }))
  expect(search).toBe('')
  expect(Object.fromEntries(new URLSearchParams(hash.slice(1)))).toEqual({
    code: 'c',
    state: 'af0ifjsldkj',
    iss: 'https://id.example/acme',
  })
})

test('form_post section 2: the parameters are fields of a form for the redirect URI', () => {
  const target = responseTarget({ responseMode: 'form_post' })
  expect(authorizationResponse(target, { code: 'c' })).toEqual({
    kind: 'form-post',
    action: target.redirectUri,
    fields: { code: 'c', state: 'af0ifjsldkj', iss: 'https://id.example/acme' },
  })
})

test('rfc6749 section 4.1.2: state comes back byte for byte, whatever it holds', () => {
  const modes = fc.constantFrom('query', 'fragment', 'form_post')
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), modes, (text, responseMode) => {
      const state = text.toWellFormed()
      const response = authorizationResponse(responseTarget({ state, responseMode }), { code: 'c' })
      if (response.kind === 'form-post') {
        expect(response.fields['state']).toBe(state)
        return
      }
      const { search, hash, origin } = locationOf(response)
      const returned = new URLSearchParams(hash === '' ? search : hash.slice(1))
      expect(returned.get('state')).toBe(state)
      expect(returned.get('code')).toBe('c')
      expect(origin).toBe('https://app.example')
      expect(response.location).toMatch(/^[\x21-\x7e]+$/)
    }),
  )
})
