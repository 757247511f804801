import { expect, test } from 'vitest'
import { SecretSearch } from './secret-search.ts'
import { secretsOf } from './secrets-of-exchange.ts'

const exchange = {
  method: 'POST',
  url: '/acme/signin?interaction=sealed.interaction-1&ui_locales=en-GB-oxendict',
  requestHeaders: [
    ['authorization', `Basic ${btoa('web:s%2Fecret-of-web')}`],
    ['cookie', '__Secure-sallyport-session=eu.session-cookie; other=x'],
  ],
  requestBody: 'username=ada&password=correct+horse+battery&client_id=a-public-client',
  status: 303,
  responseHeaders: [
    ['set-cookie', '__Secure-sallyport-browser=browser-cookie; Path=/acme'],
    ['location', 'https://app.example/cb?code=eu.sealed-code&state=state-of-client'],
  ],
  responseBody: '{"access_token":"head.body.signature-part","token_type":"Bearer"}',
} as const

const search = new SecretSearch()
for (const secret of secretsOf(exchange)) search.add(secret)

test.each([
  ['a password as typed', 'correct horse battery', ['password']],
  ['as a form carries it', 'correct%20horse%20battery', ['password']],
  ['in base64', btoa('correct horse battery'), ['password']],
  ['a decoded client secret', 'of s/ecret-of-web here', ['client_secret']],
  ['a session cookie', 'eu.session-cookie', ['cookie __Secure-sallyport-session']],
  ['a fresh cookie', 'browser-cookie', ['cookie __Secure-sallyport-browser']],
  ['a code', 'x=eu.sealed-code', ['code']],
  ['the end of a token', 'signature-part', ['end of access_token']],
  ['an interaction', 'sealed.interaction-1', ['interaction']],
])('asvs 16.2.5: %s is found in a line', (_, text, what) => {
  expect(search.findIn(`{"message":"${text}"}`)).toEqual(expect.arrayContaining(what))
})

test('asvs 16.2.5: a query string is found as a whole', () => {
  expect(search.findIn(exchange.url)).toContain('query string')
})

test('what is public may be logged, and short words too', () => {
  expect(search.findIn('a-public-client en-GB-oxendict Bearer ada acme')).toEqual([])
})

const ofNewKinds = {
  method: 'POST',
  url: '/acme/oauth2/register',
  requestHeaders: [
    ['dpop', 'proof-head.proof-body.proof-end'],
    ['oauth-client-attestation', 'attested.key-of.instance'],
  ],
  requestBody: '{"software_statement":"state.ment.signature","client_name":"a public name"}',
  status: 303,
  responseHeaders: [['location', 'https://app.example/cb#code=fragment-code&state=state-of-it']],
  responseBody:
    '{"registration_access_token":"looks-after-it","client_secret":"told-only-once","request_uri":"urn:x:pushed-one"}',
} as const
const jwtBody = { ...ofNewKinds, responseBody: 'eyJhbGciOi.eyJzdWIiOi.signed-answer' }

test.each([
  ['a proof', 'proof-end', 'end of dpop'],
  ['an attestation', 'attested.key-of.instance', 'oauth-client-attestation'],
  ['a software statement', 'state.ment.signature', 'software_statement'],
  ['a code in a fragment', 'fragment-code', 'code'],
  ['what looks after a client', 'looks-after-it', 'registration_access_token'],
  ['the secret of a new client', 'told-only-once', 'client_secret'],
  ['a reference to a pushed request', 'urn:x:pushed-one', 'request_uri'],
  ['an answer that is a JWT', 'signed-answer', 'end of body that is a JWT'],
])('asvs 16.2.5: %s is found in a line', (_, text, what) => {
  const own = new SecretSearch()
  for (const secret of [...secretsOf(ofNewKinds), ...secretsOf(jwtBody)]) own.add(secret)
  expect(own.findIn(`{"message":"${text}"}`)).toContain(what)
  expect(own.findIn('a public name')).toEqual([])
})
