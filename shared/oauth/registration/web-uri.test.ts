import { expect, test } from 'vitest'
import { problemOfWebUri } from './web-uri.ts'

test('rfc3986 section 4.3: an absolute https URI without a fragment is good', () => {
  for (const uri of [
    'https://app.example/callback',
    'https://app.example:8443/a/b?c=d&e=%20',
    'https://xn--bcher-kva.example/',
    'https://app.example',
    'https://[2001:db8::1]/callback',
  ]) {
    expect(problemOfWebUri(uri), uri).toBeUndefined()
  }
})

test('rfc9700 section 2.6 and fapi1 advanced section 8.9: http is for loopback hosts only', () => {
  for (const host of ['localhost', 'localhost:9000', '127.0.0.1:8080', '[::1]:8080']) {
    expect(problemOfWebUri(`http://${host}/callback`), host).toBeUndefined()
  }
  for (const host of ['app.example', 'localhost.example', '127.0.0.2', '10.0.0.1']) {
    expect(problemOfWebUri(`http://${host}/callback`), host).toMatch(/must be https/)
  }
})

test('rfc6749 section 3.1.2: a fragment is refused, even an empty one', () => {
  expect(problemOfWebUri('https://app.example/#')).toBe('must not have a fragment')
  expect(problemOfWebUri('https://app.example/a#b')).toBe('must not have a fragment')
})

test('a URI that can run script or hold its own content is refused', () => {
  for (const uri of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'blob:a']) {
    expect(problemOfWebUri(uri), uri).toMatch(/must be https/)
  }
})

test('a URI that names its host in disguise is refused', () => {
  for (const uri of [
    'https://user@app.example/',
    'https://user:pass@app.example/',
    'https://*.example/',
    'https:app.example',
    'https:/app.example',
    'https://APP.example/',
    'https://0x7f.1/',
    'https://app.example\\@other.example/',
    'https://app.example/a b',
    'https://app.example/%zz',
    'https://bücher.example/',
    'https://',
    '//app.example/',
    '/callback',
    '',
  ]) {
    expect(problemOfWebUri(uri), uri).toBeDefined()
  }
})

test('a URI of more than 2048 characters is refused', () => {
  expect(problemOfWebUri(`https://app.example/${'a'.repeat(2048)}`)).toMatch(/at most 2048/)
})
