import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText, parsesOrRefuses, thrownBy } from '../../test/support/refusals.ts'
import { parsePrompt, prompts } from './prompt.ts'

test.each(prompts)('oidc core section 3.1.2.1: prompt=%s', (prompt) => {
  expect([...parsePrompt(prompt)]).toEqual([prompt])
})

test('oidc core section 3.1.2.1: a space-delimited list, in any order', () => {
  expect([...parsePrompt('login consent login')].sort()).toEqual(['consent', 'login'])
  expect(parsePrompt(undefined).size).toBe(0)
})

test.each(['none login', 'consent none', 'none none'])(
  'oidc core section 3.1.2.1: none with any other value is an error: %s',
  (presented) => {
    expect(thrownBy(() => parsePrompt(presented))).toMatchObject({
      code: 'invalid_request',
      rule: 'oidc/prompt/none-with-others',
    })
  },
)

test.each([
  'create',
  'LOGIN',
  '',
  ' ',
  'login  consent',
  'login\tconsent',
  '\uff4cogin',
  'toString',
])(
  'oidc core section 14: a word is compared letter by letter, between single spaces, and refused when it is not announced: %j',
  (presented) => {
    expect(thrownBy(() => parsePrompt(presented))).toMatchObject({
      code: 'invalid_request',
      rule: 'oidc/prompt/unknown',
    })
  },
)

test('no text at all makes parsing throw anything but a refusal', () => {
  fc.assert(fc.property(anyText, (text) => parsesOrRefuses(() => parsePrompt(text))))
})
