import { expect, test } from 'vitest'
import { tenant } from '../../test/support/builders.ts'
import { parseNonce, verifyNonce } from './nonce.ts'

const code = { responseType: 'code', scopes: ['openid'], nonce: 'n', state: 's' } as const
const fapi1 = tenant({ settings: { ...tenant().settings, profile: 'fapi1-advanced' } })

const ruleOf = (ties: Partial<Parameters<typeof verifyNonce>[0]>, of = tenant()) => {
  try {
    return verifyNonce({ ...code, ...ties }, of)
  } catch (error) {
    return error
  }
}

test('oidc core section 3.1.2.1: a code is asked for with a nonce or without', () => {
  expect(ruleOf({ nonce: undefined, state: undefined })).toBeUndefined()
  expect(parseNonce('n'.repeat(512))).toHaveLength(512)
  expect(() => parseNonce('n'.repeat(513))).toThrow()
})

test('oidc core section 3.2.2.1: an ID token is not', () => {
  const asked = { responseType: 'id_token', nonce: undefined } as const
  expect(ruleOf(asked)).toMatchObject({ rule: 'oidc/nonce/missing' })
})

test('fapi1 baseline section 5.2.2: a nonce for who asks about a person, a state for who does not', () => {
  expect(ruleOf({ state: undefined }, fapi1)).toBeUndefined()
  expect(ruleOf({ nonce: undefined }, fapi1)).toMatchObject({ rule: 'oidc/nonce/missing' })
  const api = { scopes: ['orders:read'], nonce: undefined }
  expect(ruleOf(api, fapi1)).toBeUndefined()
  expect(ruleOf({ ...api, state: undefined }, fapi1)).toMatchObject({
    rule: 'oidc/nonce/state-missing',
  })
})
