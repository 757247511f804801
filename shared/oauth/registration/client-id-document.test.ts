import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClientId, trusted } from '#shared/kernel/ids.ts'
import { tenant } from '../../../test/support/builders.ts'
import { anyText } from '../../../test/support/refusals.ts'
import { parseClientIdDocument } from './client-id-document.ts'

const id = trusted<ClientId>('https://app.example/client')
const redirectUri = 'https://app.example/callback'

const parse = (more: object) =>
  parseClientIdDocument(
    tenant(),
    id,
    JSON.stringify({ client_id: id, redirect_uris: [redirectUri], ...more }),
  )

test('cimd section 4: the metadata of a document make a public client, first-party to nobody', () => {
  expect(parse({ client_name: 'App', skip_consent: true })).toMatchObject({
    tenant: tenant().id,
    id,
    name: 'App',
    redirectUris: [redirectUri],
    tokenEndpointAuthMethod: 'none',
    skipConsent: false,
    secretHashes: [],
    scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
  })
})

describe('cimd section 4.1: a document holds no secret and no private key', () => {
  test.each([
    [{ client_secret: 'x' }],
    [{ client_secret: '' }],
    [{ client_secret_expires_at: 0 }],
    [{ token_endpoint_auth_method: 'client_secret_post' }],
    [{ token_endpoint_auth_method: 'client_secret_basic' }],
    [{ token_endpoint_auth_method: 'client_secret_jwt' }],
    [{ token_endpoint_auth_method: 7 }],
    [{ jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AA', d: 'AA' }] } }],
    [{ jwks: { keys: [{ kty: 'oct', k: 'AA' }] } }],
  ])('%j', (more) => {
    expect(parse(more)).toBeUndefined()
  })
})

test('cimd section 8.1: people are sent only to hosts that the tenant allows', () => {
  const settings = { ...tenant().settings, selfRegistration: { redirectHosts: ['app.example'] } }
  const read = (redirect_uris: readonly string[]) =>
    parseClientIdDocument(
      tenant({ settings }),
      id,
      JSON.stringify({ client_id: id, redirect_uris }),
    )
  expect(read([redirectUri])).toMatchObject({ redirectUris: [redirectUri] })
  expect(read([redirectUri, 'https://bank.example/callback'])).toBeUndefined()
})

test('cimd section 4: the client_id in it is the address, to the letter', () => {
  for (const client_id of [`${id}/`, id.toUpperCase(), undefined, null, [id]]) {
    expect(parse({ client_id })).toBeUndefined()
  }
})

describe('rfc8252 section 7.3: an app that comes back to a device is a native one', () => {
  const loopback = 'http://localhost/callback'

  test.each([
    [{ redirect_uris: [loopback] }, 'native'],
    [{ redirect_uris: [redirectUri, loopback] }, 'native'],
    [{ redirect_uris: [redirectUri, 'com.example.app:/callback'] }, 'native'],
    [{ redirect_uris: [loopback], application_type: 'web' }, 'web'],
    [{ redirect_uris: [redirectUri] }, 'web'],
  ])('%j is %s', (more, applicationType) => {
    expect(parse(more)).toMatchObject({ applicationType })
  })
})

test('any text is a client or none', () => {
  const text = fc.oneof(
    anyText,
    fc.json(),
    fc
      .dictionary(anyText, fc.jsonValue())
      .map((more) => JSON.stringify({ client_id: id, ...more })),
  )
  fc.assert(
    fc.property(text, (document) => {
      expect([undefined, id]).toContain(parseClientIdDocument(tenant(), id, document)?.id)
    }),
  )
})
