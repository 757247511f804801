import { describe, expect, test } from 'vitest'
import { type ClientId, trusted } from '#shared/kernel/ids.ts'
import { client, now } from '../../../test/support/builders.ts'
import { isPublicClient, isUnproven } from './public-client.ts'

const installed = { tokenHash: 'x', issuedAt: now }

/**
 * Whoever has the app has its secret.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-10.1
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.3.1
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.3.4
 */
describe('rfc8252 section 8.5: a secret that every copy of an app holds proves nothing', () => {
  test.each([
    ['an app without a secret', { tokenEndpointAuthMethod: 'none' }, true],
    ['an app with one in its header', { tokenEndpointAuthMethod: 'client_secret_basic' }, true],
    ['an app with one in its form', { tokenEndpointAuthMethod: 'client_secret_post' }, true],
    ['an app that has a key', { tokenEndpointAuthMethod: 'private_key_jwt' }, false],
    ['an app that is attested', { tokenEndpointAuthMethod: 'attest_jwt_client_auth' }, false],
    [
      'an installation that has registered for a secret of its own',
      { tokenEndpointAuthMethod: 'client_secret_basic', dynamicRegistration: installed },
      false,
    ],
    [
      'a web app with a secret',
      { applicationType: 'web', tokenEndpointAuthMethod: 'client_secret_basic' },
      false,
    ],
  ] as const)('%s', (_, more, isPublic) => {
    const app = client({
      applicationType: 'native',
      redirectUris: ['http://localhost/cb'],
      ...more,
    })
    expect(isPublicClient(app)).toBe(isPublic)
    expect(isUnproven(app)).toBe(isPublic)
  })
})

test('rfc8252 section 8.6: what listens on a device is unproven, whatever its document calls itself', () => {
  const id = trusted<ClientId>('https://app.example/client.json')
  const app = (uri: string) =>
    client({ id, tokenEndpointAuthMethod: 'none', redirectUris: [uri, 'https://app.example/cb'] })
  expect(isUnproven(app('http://localhost:3000/cb'))).toBe(true)
  expect(isUnproven(app('https://app.example/other'))).toBe(false)
})
