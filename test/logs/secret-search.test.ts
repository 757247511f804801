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
