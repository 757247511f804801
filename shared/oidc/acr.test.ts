import { describe, expect, test } from 'vitest'
import { tenant } from '../../test/support/builders.ts'
import { thrownBy } from '../../test/support/refusals.ts'
import { acrOf, parseAcrValues, requiredMethods } from './acr.ts'

const classes = tenant({
  settings: {
    ...tenant().settings,
    authenticationContexts: [
      { acr: 'low', amr: ['pwd'] },
      { acr: 'high', amr: ['pwd', 'otp'] },
      { acr: 'phr', amr: ['hwk'] },
    ],
  },
})

test('oidc core section 3.1.2.1: acr_values are separated by spaces, in the order of preference', () => {
  expect(parseAcrValues('b  a')).toEqual(['b', 'a'])
  expect(parseAcrValues(undefined)).toEqual([])
  expect(thrownBy(() => parseAcrValues('a'.repeat(1025)))).toMatchObject({
    code: 'invalid_request',
    rule: 'oidc/acr-values/length',
  })
})

describe('oidc core section 5.5.1.1: acr', () => {
  test('is the strongest class that the methods make up', () => {
    expect(acrOf(classes, ['pwd'])).toBe('low')
    expect(acrOf(classes, ['otp', 'pwd'])).toBe('high')
    expect(acrOf(classes, ['face'])).toBeUndefined()
  })

  test('is the first of those asked for that is met', () => {
    expect(acrOf(classes, ['pwd', 'otp'], ['phr', 'low', 'high'])).toBe('low')
    expect(acrOf(classes, ['pwd'], ['phr'])).toBe('low')
  })

  test('of a tenant that declares no classes says that it was a password', () => {
    expect(acrOf(tenant(), ['pwd'])).toBe('urn:sallyport:acr:pwd')
  })
})

describe('what the user must authenticate with', () => {
  const essential = (...values: string[]) => requiredMethods(classes, { values, isEssential: true })

  test('oidc core section 5.5.1: a wish requires nothing', () => {
    expect(requiredMethods(classes, undefined)).toBeUndefined()
    expect(requiredMethods(classes, { values: ['phr'], isEssential: false })).toBeUndefined()
    expect(essential()).toBeUndefined()
  })

  test('oidc core section 5.5.1.1: an essential acr requires its methods', () => {
    expect(essential('phr', 'low')).toEqual([['pwd']])
  })

  test('oidc unmet authentication requirements section 1: what no page of ours offers is refused', () => {
    for (const value of ['high', 'phr', 'nonsense']) {
      expect(thrownBy(() => essential(value))).toMatchObject({
        code: 'unmet_authentication_requirements',
        rule: 'oidc/acr/unmet',
      })
    }
  })
})
