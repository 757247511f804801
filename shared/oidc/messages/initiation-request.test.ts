import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { client } from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { initiateLoginLocation } from '../initiate-login.ts'
import { parseInitiationRequest } from './initiation-request.ts'

const issuer = 'https://id.example/acme'
const initiateLoginUri = 'https://app.example/start?from=idp'

describe('oidc core section 4: a client begins because a link asks for it', () => {
  test('at its registered URI, with the issuer and what the link says', () => {
    const query = 'client_id=web&login_hint=a%20b&target_link_uri=https%3A%2F%2Fapp.example%2Fdeep'
    const location = initiateLoginLocation(
      issuer,
      client({ initiateLoginUri }),
      parseInitiationRequest(query),
    )
    expect([...new URL(location).searchParams]).toEqual([
      ['from', 'idp'],
      ['iss', issuer],
      ['login_hint', 'a b'],
      ['target_link_uri', 'https://app.example/deep'],
    ])
    expect(location).toMatch(/^https:\/\/app\.example\/start\?/)
  })

  test('what the link does not say is not passed on', () => {
    const location = initiateLoginLocation(
      issuer,
      client({ initiateLoginUri: 'https://app.example/start' }),
      parseInitiationRequest('client_id=web'),
    )
    expect(location).toBe(`https://app.example/start?iss=${encodeURIComponent(issuer)}`)
  })

  test('a client without such a URI is not begun with', () => {
    const request = parseInitiationRequest('client_id=web')
    expect(thrownBy(() => initiateLoginLocation(issuer, client(), request))).toMatchObject({
      code: 'invalid_request',
      rule: 'oidc/initiate-login/none',
    })
  })

  test.each(['', 'client_id=', 'client_id=a&client_id=b', 'client_id=%00', 'login_hint=a'])(
    'a link without one client_id is refused: %s',
    (query) => {
      expect(thrownBy(() => parseInitiationRequest(query))).toMatchObject({
        rule: 'oidc/initiate-login/client-id',
      })
    },
  )

  test('whatever the link says, it is read or refused', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        try {
          parseInitiationRequest(query)
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError)
        }
      }),
    )
  })
})
