import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import {
  grantableScopes,
  machineScopes,
  narrowScopes,
  parseScope,
  scopesOfPeople,
} from './scope.ts'

const refusal = (rule: string) => ({ code: 'invalid_scope', status: 400, rule })

describe('parsing', () => {
  test('rfc6749 section 3.3: tokens are separated by spaces, their order and repetition mean nothing', () => {
    expect(parseScope('openid profile openid')).toEqual(['openid', 'profile'])
    expect(parseScope('https://api.example/read!')).toEqual(['https://api.example/read!'])
  })

  test('rfc6749 section 3.3: scopes are case sensitive', () => {
    expect(parseScope('a A')).toEqual(['a', 'A'])
  })

  test('an absent scope is no scope', () => {
    expect(parseScope(undefined)).toEqual([])
  })

  test.each(['', ' ', ' a', 'a ', 'a  b', 'a\tb', 'a\nb', 'a"b', 'a\\b', 'na\u00efve', 'a\u0000'])(
    'rfc6749 appendix A.4: %j does not follow the grammar',
    (text) => {
      expect(thrownBy(() => parseScope(text))).toMatchObject(refusal('oauth/scope/shape'))
    },
  )

  test('no text at all makes parsing throw anything but a refusal', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        parsesOrRefuses(() => {
          const scopes = parseScope(text)
          expect(parseScope(scopes.join(' '))).toEqual(scopes)
        })
      }),
    )
  })
})

describe('an authorization request', () => {
  test('rfc6749 section 3.3: what the client may not have is left out', () => {
    expect(grantableScopes(['openid', 'admin'], ['openid', 'email'])).toEqual(['openid'])
  })

  test.each([
    ['nothing was asked for', []],
    ['nothing of it is registered', ['admin']],
  ])('rfc6749 section 3.3: it fails when %s', (_, requested) => {
    expect(thrownBy(() => grantableScopes(requested, ['openid']))).toMatchObject(
      refusal('oauth/scope/none'),
    )
  })

  test('nothing is granted that was not both asked for and registered', () => {
    const scopes = fc.uniqueArray(fc.constantFrom('openid', 'email', 'admin', 'read', 'write'))
    fc.assert(
      fc.property(scopes, scopes, (requested, registered) => {
        parsesOrRefuses(() => {
          for (const scope of grantableScopes(requested, registered)) {
            expect(requested).toContain(scope)
            expect(registered).toContain(scope)
          }
        })
      }),
    )
  })
})

describe('a refresh request', () => {
  test('rfc6749 section 6: without a scope it keeps what was granted', () => {
    expect(narrowScopes([], ['openid', 'email'])).toEqual(['openid', 'email'])
  })

  test('rfc6749 section 6: it may ask for less', () => {
    expect(narrowScopes(['email'], ['openid', 'email'])).toEqual(['email'])
  })

  test('rfc6749 section 6: it must not ask for what was not granted', () => {
    expect(thrownBy(() => narrowScopes(['openid', 'admin'], ['openid']))).toMatchObject(
      refusal('oauth/scope/widened'),
    )
  })
})

describe('a client that acts for itself', () => {
  test('rfc6749 section 4.4.2: without a scope it gets all that it is registered for', () => {
    expect(machineScopes([], ['openid', 'read', 'offline_access', 'write'])).toEqual([
      'read',
      'write',
    ])
  })

  test.each(scopesOfPeople)('%s speaks of a person, whom it is not', (scope) => {
    expect(thrownBy(() => machineScopes([scope], [scope, 'read']))).toMatchObject(
      refusal('oauth/scope/widened'),
    )
  })
})
