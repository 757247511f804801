import { describe, expect, test } from 'vitest'
import { seconds } from '#shared/kernel/time.ts'
import {
  client,
  inSeconds,
  now,
  session,
  sessionHash,
  tenant,
  userId,
} from '../../test/support/builders.ts'
import type { AuthorizationRequest } from './messages/authorization-request.ts'
import { parsePrompt } from './prompt.ts'
import { requirementsOf } from './requirements.ts'

const request = (prompt?: string, maxAge?: number): AuthorizationRequest => ({
  responseType: 'code',
  resources: [],
  scopes: ['openid'],
  prompt: parsePrompt(prompt),
  ...(maxAge === undefined ? {} : { maxAge: seconds(maxAge) }),
})

const given = { tenant: tenant(), resources: [], subject: undefined, session: session(), now }

const requirements = (sent: AuthorizationRequest, by = client()) =>
  requirementsOf({ ...given, request: sent, client: by })

test('a request that asks for nothing requires nothing of a first-party session', () => {
  expect(requirements(request())).toStrictEqual({})
})

describe.each([
  ['prompt=login', request('login')],
  ['prompt=select_account', request('select_account')],
  ['prompt=login, not softened by max_age', request('login', 3600)],
  ['max_age=0', request(undefined, 0)],
])('oidc core section 3.1.2.1: %s asks for another authentication', (_, sent) => {
  test('than that of the session which is there, were it of this very second', () => {
    expect(requirements(sent)).toMatchObject({ otherThan: sessionHash })
  })

  test('and where there is no session, any new one will do', () => {
    const none = requirementsOf({ ...given, request: sent, client: client(), session: undefined })
    expect(none).not.toHaveProperty('otherThan')
    expect(none).toMatchObject({ authenticatedSince: now })
  })
})

test('oidc core section 3.1.2.1: max_age counts back from the arrival of the request', () => {
  expect(requirements(request(undefined, 60))).toStrictEqual({ authenticatedSince: inSeconds(-60) })
})

test('oidc core section 3.1.2.1: id_token_hint names the user who must be signed in', () => {
  const hinted = requirementsOf({
    ...given,
    request: request(),
    client: client(),
    subject: userId,
  })
  expect(hinted).toStrictEqual({ subject: userId })
})

describe('oidc core section 3.1.2.4: consent to the scopes of the request', () => {
  const thirdParty = client({ skipConsent: false })

  test('is asked for by every client but first-party ones', () => {
    expect(requirements(request(), thirdParty)).toEqual({
      consent: { scopes: ['openid'], again: false },
    })
    expect(requirements(request('login')).consent).toBeUndefined()
  })

  test('oidc core section 3.1.2.1: prompt=consent asks again, first-party clients too', () => {
    const consent = { scopes: ['openid'], again: true }
    expect(requirements(request('consent'), thirdParty).consent).toEqual(consent)
    expect(requirements(request('consent')).consent).toEqual(consent)
  })
})

/**
 * Without a way to know the app, every authorization is asked for.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.3.2
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.4.1
 */
describe('rfc8252 section 8.6 and oidc core section 16.23: what an app was allowed before is asked for again', () => {
  const native = (more: Parameters<typeof client>[0] = {}) =>
    client({
      applicationType: 'native',
      tokenEndpointAuthMethod: 'none',
      redirectUris: ['com.example.app:/callback', 'https://app.example/claimed'],
      skipConsent: false,
      ...more,
    })

  test('when any other app could pass for it', () => {
    expect(requirements(request(), native()).consent).toMatchObject({ again: true })
  })

  test.each([
    ['it has claimed all of its addresses', { redirectUris: ['https://app.example/claimed'] }],
    ['it proves itself', { tokenEndpointAuthMethod: 'private_key_jwt' }],
    ['it is a web app', { applicationType: 'web' }],
  ] as const)('but not when %s', (_, more) => {
    expect(requirements(request(), native(more)).consent).toMatchObject({ again: false })
  })

  test('nor when the operator vouches for it', () => {
    expect(requirements(request(), native({ skipConsent: true }))).not.toHaveProperty('consent')
  })
})
