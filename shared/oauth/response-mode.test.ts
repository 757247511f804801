import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callback } from '../../test/support/builders.ts'
import { anyText, parsesOrRefuses, thrownBy } from '../../test/support/refusals.ts'
import {
  canPostTo,
  defaultResponseMode,
  parseResponseMode,
  responseModes,
} from './response-mode.ts'

test.each(responseModes)('oauth multiple response types section 2.1: %s is a mode', (mode) => {
  expect(parseResponseMode(mode, callback)).toBe(mode)
})

test.each(['QUERY', 'web_message', 'query.jwt', 'query fragment', ' '])(
  'oauth multiple response types section 2.1: %s is none of ours',
  (mode) => {
    expect(thrownBy(() => parseResponseMode(mode, callback))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/response-mode',
    })
  },
)

test('form_post section 2: a form cannot be posted to the scheme of an app', () => {
  expect(canPostTo('com.example.app:/cb')).toBe(false)
  expect(thrownBy(() => parseResponseMode('form_post', 'com.example.app:/cb'))).toMatchObject({
    code: 'invalid_request',
    rule: 'oauth/response-mode/form-post',
  })
  expect(parseResponseMode('query', 'com.example.app:/cb')).toBe('query')
})

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
})

test('no text at all makes parsing throw anything but a refusal', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      parsesOrRefuses(() => parseResponseMode(text, callback))
      expect(responseModes).toContain(defaultResponseMode(text))
    }),
  )
})
