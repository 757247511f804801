import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callback, client, publicClient } from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { redirectUriHash, verifyRedirectUri } from './redirect-uri.ts'

const unregistered = { code: 'invalid_request', rule: 'oauth/redirect-uri/unregistered' }

/**
 * Simple string comparison, with the one exception below.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.3.3
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.3.5
 * @spec https://www.rfc-editor.org/rfc/rfc8252#section-8.4
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-2.1
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.1.3
 */
describe('rfc6749 section 3.1.2.3: the redirect_uri must be one of those registered', () => {
  const registered = client({ redirectUris: [callback, 'https://app.example/cb?a=b'] })

  test.each(registered.redirectUris)('%s is', (uri) => {
    expect(verifyRedirectUri(registered, uri)).toBe(uri)
  })

  test.each([
    'https://app.example/callback/',
    'https://app.example/callback?x',
    'https://app.example/callback#x',
    'https://app.example/callback/../evil',
    'https://app.example//callback',
    'https://app.example:443/callback',
    'https://APP.example/callback',
    'https://app.example/%63allback',
    'http://app.example/callback',
    'https://app.example.evil.example/callback',
    'https://app.example@evil.example/callback',
    'https://evil.example/callback',
    'https://app.example/cb',
    'https://app.example/cb?a=b&c=d',
    'javascript:alert(1)',
    '',
    ` ${callback}`,
  ])('%s is not, and is never redirected to', (uri) => {
    expect(thrownBy(() => verifyRedirectUri(registered, uri))).toMatchObject(unregistered)
  })

  test('oidc core section 3.1.2.1: the parameter is required, were there only one URI', () => {
    expect(thrownBy(() => verifyRedirectUri(client(), undefined))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/redirect-uri/missing',
    })
  })

  test('no text but the very one passes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (uri) => {
        fc.pre(uri !== callback)
        expect(thrownBy(() => verifyRedirectUri(client(), uri))).toMatchObject(unregistered)
      }),
    )
  })
})

describe('rfc8252 section 7.3: a native app chooses the port of its loopback URI', () => {
  const native = publicClient({
    redirectUris: ['http://127.0.0.1/cb', 'http://[::1]:4000/cb?a=b', 'com.example.app:/cb'],
  })

  test.each([
    'http://127.0.0.1/cb',
    'http://127.0.0.1:1/cb',
    'http://127.0.0.1:65535/cb',
    'http://[::1]/cb?a=b',
    'http://[::1]:50000/cb?a=b',
    'com.example.app:/cb',
  ])('%s passes as it is', (uri) => {
    expect(verifyRedirectUri(native, uri)).toBe(uri)
  })

  test.each([
    'http://127.0.0.1:50000/other',
    'http://127.0.0.1:50000/cb?a=b',
    'http://127.0.0.1:50000/cb/',
    'https://127.0.0.1:50000/cb',
    'http://127.0.0.1:50000@evil.example/cb',
    'http://127.0.0.1:65536/cb',
    'http://127.0.0.1:123456/cb',
    'http://127.0.0.1:/cb',
    'http://127.0.0.1.evil.example/cb',
    'http://127.0.0.2:50000/cb',
    'http://localhost:50000/cb',
    'http://[::1]:50000/cb',
    'http://[::2]:50000/cb?a=b',
    'http://127.0.0.1:50000/cb\n',
    'com.example.app:50000/cb',
  ])('nothing else of it may differ: %s', (uri) => {
    expect(thrownBy(() => verifyRedirectUri(native, uri))).toMatchObject(unregistered)
  })

  test('a host that only begins like the loopback one has no port to choose', () => {
    const near = publicClient({ redirectUris: ['http://127.0.0.16/cb'] })
    const uri = 'http://127.0.0.1:123456/cb'
    expect(thrownBy(() => verifyRedirectUri(near, uri))).toMatchObject(unregistered)
  })

  test('the port of a web app is not its to choose', () => {
    const web = client({ redirectUris: ['http://127.0.0.1:3000/cb'] })
    const uri = 'http://127.0.0.1:3001/cb'
    expect(thrownBy(() => verifyRedirectUri(web, uri))).toMatchObject(unregistered)
  })
})

describe('rfc8252 section 8.3: localhost is for who registered that name', () => {
  const named = publicClient({ redirectUris: ['http://localhost:3000/cb', 'http://[::1]/v6'] })

  test.each(['http://localhost/cb', 'http://localhost:3000/cb', 'http://localhost:50000/cb'])(
    'a native app chooses the port of it too: %s',
    (uri) => {
      expect(verifyRedirectUri(named, uri)).toBe(uri)
    },
  )

  test.each([
    'http://127.0.0.1:3000/cb',
    'http://localhost:50000/v6',
    'http://localhost:50000/cb?a=b',
    'http://localhost:/cb',
    'http://localhost:99999/cb',
    'http://localhost:123456/cb',
    'http://LOCALHOST:50000/cb',
    'http://localhost.:50000/cb',
    'http://localhost.evil.example:50000/cb',
    'http://evil.localhost:50000/cb',
    'http://localhost:50000@evil.example/cb',
    'http://user@localhost:50000/cb',
    'https://localhost:50000/cb',
  ])('nothing else is that name: %s', (uri) => {
    expect(thrownBy(() => verifyRedirectUri(named, uri))).toMatchObject(unregistered)
  })

  test('the port of a web app is not its to choose there either', () => {
    const web = client({ redirectUris: ['http://localhost:3000/cb'] })
    const uri = 'http://localhost:3001/cb'
    expect(thrownBy(() => verifyRedirectUri(web, uri))).toMatchObject(unregistered)
  })
})

test('what a code keeps of the URI has one length, and differs with a single character', () => {
  expect(redirectUriHash(callback)).toHaveLength(43)
  expect(redirectUriHash('x'.repeat(2048))).toHaveLength(43)
  expect(redirectUriHash(`${callback}/`)).not.toBe(redirectUriHash(callback))
})
