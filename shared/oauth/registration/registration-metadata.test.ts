import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { clientMetadataMembers } from './client-metadata.ts'
import { parseRegistrationMetadata } from './registration-metadata.ts'

const redirectUri = 'https://client.example/callback'
const given = { client_id: 'client-1', client_secret: 'made-by-us' }

const parse = (sent: object, own: Parameters<typeof parseRegistrationMetadata>[1] = given) =>
  parseRegistrationMetadata({ redirect_uris: [redirectUri], ...sent }, own)

test('rfc7591 section 2: members of the client alone are read, in whatever it wraps them', () => {
  const metadata = parse({
    client_id: 'web',
    skip_consent: true,
    token_exchange: { may_impersonate: true },
    unknown: 1,
    'client_name#de': 'x',
  })
  expect(metadata).toMatchObject({ client_id: 'client-1', skip_consent: false })
  expect(metadata).not.toHaveProperty('unknown')
  expect(metadata).not.toHaveProperty('client_name#de')
})

test('rfc7592 section 2.2: null and empty text are as good as absent', () => {
  const metadata = parse({ client_name: '', logo_uri: null, grant_types: null })
  expect(metadata).toMatchObject({ grant_types: ['authorization_code'] })
  expect(metadata).not.toHaveProperty('client_name')
})

test('rfc7591 section 3.2.2: what is wrong with redirect_uris has a code of its own', () => {
  expect(thrownBy(() => parse({ redirect_uris: ['x'] }))).toMatchObject({
    code: 'invalid_redirect_uri',
  })
  expect(thrownBy(() => parse({ grant_types: ['x'] }))).toMatchObject({
    code: 'invalid_client_metadata',
    message: expect.stringMatching(/^grant_types\[0\]: /),
  })
})

test.each([
  [['http://127.0.0.1/callback'], 'native'],
  [['com.example.app:/callback', 'http://[::1]/x'], 'native'],
  [['http://localhost:1/x', redirectUri], 'web'],
])('rfc8252 section 8.4: a client of %s is a %s one unless it says otherwise', (uris, type) => {
  expect(parse({ redirect_uris: uris })).toHaveProperty('application_type', type)
})

const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`)

test.each<[string, object]>([
  ['a number of no table', { jwks: { keys: [{ ...jwk, more: 1e300 }] } }],
  ['half a character', { client_name: 'Shop \ud800' }],
  ['half a character in a list', { contacts: ['\udfff'] }],
  ['a key without end', { jwks: { keys: [{ ...jwk, more: nested(40) }] } }],
  ['a key deeper than any stack', { jwks: { keys: [{ ...jwk, more: nested(5000) }] } }],
  ['a name that is none', { jwks: { keys: [{ ...jwk, more: JSON.parse('{"__proto__":1}') }] } }],
])('rfc7591 section 3.2.2: %s is refused before it is kept', (_, sent) => {
  expect(thrownBy(() => parse(sent))).toMatchObject({ code: 'invalid_client_metadata' })
})

test('rfc7591 section 2: what is deep and not understood is passed over', () => {
  expect(parse({ unknown: nested(5000) })).not.toHaveProperty('unknown')
})

test('whatever is sent is read or refused, in words that fit on the wire', () => {
  const names = Object.keys(clientMetadataMembers({ strictSecrets: false }))
  const value = fc.oneof(anyText, fc.jsonValue(), fc.array(anyText), fc.webUrl())
  const sent = fc.dictionary(fc.oneof(fc.constantFrom(...names), anyText), value, { maxKeys: 8 })
  fc.assert(fc.property(sent, (metadata) => parsesOrRefuses(() => parse(metadata))))
})
