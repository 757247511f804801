import { beforeAll, describe, expect, inject, test } from 'vitest'
import { rawRequest, sendRaw } from '../support/raw-http.ts'
import { RelyingParty } from '../support/relying-party.ts'
import { expectDiscreet, expectGatewayRefusal, expectRefusal, expectReturned } from './refusal.ts'
import { encode, type Prepared, type Route, routes, rows, send, strangerAt } from './rows.ts'

const origin = inject('origin')

const takesBody = (route: Route) => /^(POST|PUT) /.test(route)

/** The request with the one parameter that matters set to these bytes. */
function withKey(route: Route, { parameters }: Prepared, raw: string): string {
  const { key = '' } = rows[route]
  const others = Object.entries(parameters).filter(([name]) => name !== key)
  return `${new URLSearchParams(others)}&${key}=${raw}`
}

const oddTenants = [
  'ACME',
  'acme%00',
  'acme%0d%0ax-evil:%201',
  'acme%20',
  'acme.',
  'acme%23client',
  'a',
  'a'.repeat(41),
  'nobody',
  'signin',
  'oauth2',
  '__proto__',
  'constructor',
  '%F0%9F%98%80',
  '%C3%A4cme',
  '{tenant}',
]

test('every route of the endpoint table is tested here', () => {
  expect(Object.keys(rows).sort()).toEqual(routes.toSorted())
})

describe.each(routes)('%s', (route) => {
  const row = rows[route]
  let prepared: Prepared
  beforeAll(async () => {
    prepared = await row.prepare(origin)
  })

  const refused = async (change: Parameters<typeof send>[2], status?: number) =>
    expectRefusal(await send(route, prepared, change), row.refusal, status)

  test('a tenant that is none, however it is written, is 404', async () => {
    for (const tenant of oddTenants) await refused({ tenant }, 404)
  })

  test('rfc3986 section 2.1: a path of broken percent-encoding is 400', async () => {
    for (const segment of ['%zz', '%', '%c3', 'acme%ff']) {
      const target = route.replace('{tenant}', segment)
      const lines = takesBody(route) ? ['Content-Length: 0'] : []
      expectGatewayRefusal(await sendRaw(origin, rawRequest(target, lines)), 400)
    }
  })

  test('another method is 404', async () => {
    const [, path = ''] = route.replace('{tenant}', 'acme').split(' ')
    const known: readonly string[] = routes
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) {
      if (known.includes(route.replace(/^\S+/, method))) continue
      expectGatewayRefusal(await sendRaw(origin, rawRequest(`${method} ${path}`)), 404)
    }
  })

  test('10 KB of one header are 431', async () => {
    const headers = { 'x-filling': 'a'.repeat(10_240) }
    expectGatewayRefusal(await send(route, prepared, { headers }), 431)
  })

  test.each([
    ['an Accept-Language of 6 KB', { 'accept-language': 'x-'.repeat(3000) }],
    ['1,000 cookies', { cookie: Array.from({ length: 1000 }, (_, at) => `${at}=`).join(';') }],
    ['an Authorization that is none', { authorization: 'Negotiate \u00ff==' }],
  ])('%s is no failure', async (_, headers) => {
    expectDiscreet(await send(route, strangerAt(origin), { headers }))
  })

  if (row.key !== undefined) {
    test('rfc6749 section 3.1: a repeated parameter is refused', async () => {
      await refused({ encoded: `${encode(prepared)}&${encode(prepared)}` }, 400)
    })

    test.each([
      ['a NUL', '%00'],
      ['control characters', 'a%01%0d%0a%1b%7f'],
      ['broken percent-encoding', '%zz%'],
      ['bytes that are no UTF-8', '%c3%28%ff%fe'],
      ['a lone surrogate', '%ed%a0%80'],
      ['an overlong encoding', '%c0%af..%c0%af'],
      ['a dot', '.'],
      ['dots', '......'],
      ['an object', '%7B%22a%22%3A1%7D'],
      ['a name of the prototype', '__proto__'],
      ['2,000 letters', 'a'.repeat(2000)],
      ['2,000 dots', '.'.repeat(2000)],
    ])(`%s as ${row.key} is refused`, async (_, raw) => {
      await refused({ encoded: withKey(route, prepared, raw) })
    })

    test('hundreds of parameters are no failure, and do not hide the missing ones', async () => {
      const amount = takesBody(route) ? 10_000 : 1_000
      const encoded = Array.from({ length: amount }, (_, at) => at.toString(36)).join('&')
      const visit = await send(route, { ...prepared, parameters: {} }, { encoded })
      expectDiscreet(visit)
      expect(visit.headers.getSetCookie()).toEqual([])
    })
  }

  if (takesBody(route)) {
    test('rfc9110 section 15.5.14: a body of more than 64 KiB is 413', async () => {
      const encoded = `${encode(prepared)}&filling=${'a'.repeat(65_536)}`
      await refused({ encoded }, 413)
    })

    test('a body over 10 MB, or over what Lambda takes, is 413 before any function', async () => {
      // What is no text takes a third more on its way to Lambda.
      const mebibytes = prepared.json ? 7 : 5
      for (const bytes of [10 * 1024 * 1024 + 1, mebibytes * 1024 * 1024]) {
        const encoded = new Uint8Array(bytes).fill(97)
        expectGatewayRefusal(await send(route, prepared, { encoded }), 413)
      }
    })

    test.each([
      'text/plain',
      'application/json',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencodedx',
      'APPLICATION',
      ';',
      '',
    ])('rfc6749 section 3.2: a form sent as "%s" is refused', async (type) => {
      const encoded = new URLSearchParams(prepared.parameters).toString()
      await refused({ encoded, headers: { 'content-type': type } }, 400)
    })

    test('rfc6749 section 3.2: JSON instead of a form is refused', async ({ skip }) => {
      skip(prepared.json !== undefined, 'this route takes JSON')
      const json = JSON.stringify(prepared.parameters)
      await refused({ encoded: json, headers: { 'content-type': 'application/json' } }, 400)
      expectDiscreet(await send(route, prepared, { encoded: json }))
    })

    test('bytes at random are no failure', async () => {
      const encoded = crypto.getRandomValues(new Uint8Array(4096))
      expectDiscreet(await send(route, prepared, { encoded }))
    })
  } else {
    test('10 KB of query are 431', async () => {
      const encoded = `filling=${'a'.repeat(10_240)}`
      expectGatewayRefusal(await send(route, prepared, { encoded }), 431)
    })
  }

  test('rfc6749 section 3.1: nothing of this has cost the good request, which may carry unknown parameters of any name', async () => {
    const unknown = '__proto__=x&constructor=y&toString=&hasOwnProperty=z&%00=%00&%ff=1&=x'
    const { status, location } = row.accepted
    const encoded = prepared.json
      ? JSON.stringify({ ...prepared.json, constructor: 'y', toString: '', hasOwnProperty: 1 })
      : `${encode(prepared)}&${unknown}`
    const visit = await send(route, prepared, { encoded })
    expectDiscreet(visit)
    expect(visit.status, visit.body).toBe(status)
    if (location !== undefined) expect(visit.headers.get('location')).toMatch(location)
  })
})

test('rfc6749 section 4.1.2.1: once the client is known, what is wrong with the rest goes back to it', async () => {
  const route = 'GET /{tenant}/oauth2/authorize'
  const prepared = await rows[route].prepare(origin)
  const { parameters } = prepared
  for (const [name, value] of Object.entries({ scope: '\u0000', prompt: '\r\n', max_age: '1e3' })) {
    const encoded = new URLSearchParams({ ...parameters, [name]: value }).toString()
    const error = name === 'scope' ? 'invalid_scope' : 'invalid_request'
    expectReturned(await send(route, prepared, { encoded }), error)
  }
  const encoded = `${encode(prepared)}&state=again`
  expectReturned(await send(route, prepared, { encoded }), 'invalid_request')
})

test('oidc core section 3.1.2.1: a request too long to travel through the pages is refused at once', async () => {
  const route = 'GET /{tenant}/oauth2/authorize'
  const prepared = await rows[route].prepare(origin)
  const encoded = `${encode(prepared)}&login_hint=${'a'.repeat(4096)}`
  expectRefusal(await send(route, prepared, { encoded }), 'page', 413)
})

test.each(['login_hint', 'ui_locales', 'state', 'nonce'])(
  'oidc core section 3.1.2.1: however long %s is, the pages work or the request is refused',
  async (name) => {
    for (const filling of ['a'.repeat(3_800), '\\'.repeat(3_800), '€'.repeat(400)]) {
      const party = new RelyingParty(origin)
      const answer = await party.browser.get(`${party.authorizationUrl()}&${name}=${filling}`)
      expectDiscreet(answer)
      expect(answer.status, answer.body).not.toBe(431)
    }
  },
)
