import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formEvent, httpEvent } from '../../test/support/http-events.ts'
import { anyText, parsesOrRefuses, thrownBy } from '../../test/support/refusals.ts'
import { readRequest } from './http-request.ts'

test('a request is what the gateway says of it', () => {
  const headers = { accept: 'text/html' }
  const request = readRequest(httpEvent({ query: 'a=b', headers, cookies: ['x=1'] }))
  expect(request).toMatchObject({
    method: 'GET',
    route: 'GET /{tenant}/signin',
    query: 'a=b',
    tenant: 'acme',
    id: 'request-1',
  })
  expect(request.header('accept')).toBe('text/html')
  expect(request.header('origin')).toBeUndefined()
})

/**
 * What a viewer writes into a header of the proxy is not believed.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.13
 */
describe('the address of the caller is the one that the distribution saw', () => {
  const addressOf = (forwarded: string) =>
    readRequest(httpEvent({ headers: { 'x-forwarded-for': forwarded } })).address

  test('the last but one: the gateway has appended the distribution', () => {
    expect(addressOf('203.0.113.9, 198.51.100.1')).toBe('203.0.113.9')
    expect(addressOf('2001:db8::1,198.51.100.1')).toBe('2001:db8::1')
  })

  test('whatever the viewer has put before it', () => {
    expect(addressOf('1.1.1.1, 127.0.0.1, 203.0.113.9, 198.51.100.1')).toBe('203.0.113.9')
  })

  test('without the distribution, that of the connection', () => {
    expect(addressOf('198.51.100.1')).toBe('198.51.100.7')
  })
})

describe('rfc9440 section 2.1 and 2.2: the certificate of the viewer', () => {
  const der = Buffer.alloc(100, 7).toString('base64')
  const certificateOf = (headers: Record<string, string>) =>
    readRequest(httpEvent({ headers })).clientCertificate

  test('comes from the distribution that asks for one', () => {
    const pem = certificateOf({ 'x-viewer-tls': 'mutual', 'client-cert': `:${der}:` })
    expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----\n.{64}\n[^-]+\n-----END CERTIFICATE-----\n$/)
    expect(pem?.split('\n').slice(1, -2).join('')).toBe(der)
  })

  test('is the own invention of whoever comes another way', () => {
    const presented = { 'client-cert': `:${der}:` }
    expect(certificateOf(presented)).toBeUndefined()
    expect(certificateOf({ ...presented, 'x-viewer-tls': 'server' })).toBeUndefined()
    expect(certificateOf({ ...presented, 'x-viewer-tls': 'mutual,server' })).toBeUndefined()
  })

  test('is absent where none was presented', () => {
    expect(certificateOf({ 'x-viewer-tls': 'mutual' })).toBeUndefined()
    expect(certificateOf({ 'x-viewer-tls': 'mutual', 'client-cert': '' })).toBeUndefined()
  })

  test.each(['x', der, `:${der}`, `:${der}:,:${der}:`, `:${der}:;a=1`, ':-----:'])(
    'is none when %s is said of it',
    (presented) => {
      const pem = certificateOf({ 'x-viewer-tls': 'mutual', 'client-cert': presented })
      expect(() => new X509Certificate(pem ?? '')).toThrow()
    },
  )
})

describe('a cookie is found by its whole name', () => {
  const cookies = ['session-old=1', 'session=a=b=c', 'other=', 'Session=x', 'two=a', 'two=b']
  const request = readRequest(httpEvent({ cookies }))

  test('its value may hold the sign that ends the name', () => {
    expect(request.cookie('session')).toBe('a=b=c')
    expect(request.cookie('other')).toBe('')
  })

  test('absent is absent', () => {
    expect(request.cookie('sess')).toBeUndefined()
    const { cookies: _, ...without } = httpEvent()
    expect(readRequest(without).cookie('session')).toBeUndefined()
  })

  test('rfc6265 section 8.6: of two with one name it cannot be told which is ours, so neither counts', () => {
    expect(request.cookie('two')).toBeUndefined()
  })
})

describe('a form', () => {
  const read = (...sent: Parameters<typeof formEvent>) => readRequest(formEvent(...sent)).form()

  test('rfc6749 appendix B: of the one type, in UTF-8', () => {
    expect([...read('a=%C3%A4+b&c')]).toEqual([
      ['a', '\u00e4 b'],
      ['c', ''],
    ])
  })

  test('in base64, as the gateway hands over what it does not take for text', () => {
    const body = Buffer.from('a=b').toString('base64')
    expect(read(body, { isBase64Encoded: true }).get('a')).toBe('b')
  })

  test('rfc9110 section 8.3: the type has no case, and may have parameters', () => {
    const headers = { 'content-type': 'Application/X-WWW-Form-Urlencoded ; charset=UTF-8' }
    expect(read('a=b', { headers }).get('a')).toBe('b')
  })

  test('is empty where there is no body', () => {
    expect([...readRequest(httpEvent({ method: 'POST' })).form()]).toEqual([])
    expect([...read('')]).toEqual([])
  })

  test.each(['application/json', 'text/plain', '', 'multipart/form-data; boundary=x'])(
    'rfc6749 section 3.2: any other type is invalid_request: %s',
    (type) => {
      const refusal = thrownBy(() => read('a=b', { headers: { 'content-type': type } }))
      expect(refusal).toMatchObject({
        code: 'invalid_request',
        status: 400,
        rule: 'http/content-type',
      })
    },
  )

  test('rfc9110 section 15.5.14: one that nobody needs is too large, counted in bytes', () => {
    const largest = `a=${'x'.repeat(64 * 1024 - 2)}`
    expect(read(largest).get('a')).toHaveLength(64 * 1024 - 2)
    for (const body of [`${largest}x`, `a=${'\u00e4'.repeat(32 * 1024)}`]) {
      expect(thrownBy(() => read(body))).toMatchObject({ status: 413, rule: 'http/body-size' })
    }
  })

  test('no body at all makes reading throw anything but a refusal', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (body, isBase64Encoded) => {
        parsesOrRefuses(() => read(body, { isBase64Encoded }))
      }),
    )
  })
})
