import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { Visit } from '../../tools/smoke/browser.ts'
import { type Prepared, type Route, routes, rows, send, strangerAt } from './rows.ts'

const origin = inject('origin')

/** What may be read by a page of any origin: what is public anyway. */
const documents: readonly Route[] = [
  'GET /{tenant}/.well-known/openid-configuration',
  'GET /.well-known/oauth-authorization-server/{tenant}',
  'GET /.well-known/oauth-protected-resource/{tenant}/oauth2/userinfo',
  'GET /{tenant}/oauth2/jwks',
]

/** What clients may show in a frame. */
const framed: readonly Route[] = ['GET /{tenant}/oauth2/check_session']

const cors = [
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
]

/** What the scripts of applications call; none of them takes a cookie. */
const forPages = / \/\{tenant\}\/oauth2\/(token|userinfo|revoke|par|register)$/

const chatty = ['server', 'x-powered-by', 'x-amzn-trace-id', 'x-runtime']

function expectEverywhere({ headers }: Visit): void {
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  const [, age] = headers.get('strict-transport-security')?.match(/^max-age=(\d+);/) ?? []
  expect(Number(age)).toBeGreaterThanOrEqual(365 * 24 * 60 * 60)
  for (const name of chatty) expect(headers.get(name), name).toBeNull()
}

function expectPage({ headers }: Visit, isFramed: boolean): void {
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(headers.get('x-frame-options')).toBe(isFramed ? null : 'DENY')
  const policy = (headers.get('content-security-policy') ?? '').split('; ')
  expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "base-uri 'none'"]))
  expect(policy.includes("frame-ancestors 'none'")).toBe(!isFramed)
  const sources = policy.filter((directive) => /^(script|style)-src/.test(directive))
  for (const source of sources) expect(source).toMatch(/^\S+ 'sha256-[A-Za-z0-9+/]{43}='$/)
  expect(policy.join()).not.toMatch(/unsafe|\*|https?:/)
}

function expectRedirect({ headers, body }: Visit): void {
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(body).toBe('')
}

function expectHeaders(route: Route, visit: Visit): void {
  expectEverywhere(visit)
  const isDocument = documents.includes(route) && visit.status === 200
  const isReadable = isDocument || (forPages.test(route) && visit.status < 500)
  expect(visit.headers.get('access-control-allow-origin')).toBe(isReadable ? '*' : null)
  expect(visit.headers.get('access-control-allow-credentials')).toBeNull()
  if (visit.status === 204) return
  const type = visit.headers.get('content-type')
  if (visit.headers.has('location')) expectRedirect(visit)
  else if (type === 'text/html; charset=utf-8')
    expectPage(visit, visit.status === 200 && framed.includes(route))
  else {
    expect(type).toBe('application/json')
    const kept = isDocument ? 'public, max-age=300' : 'no-store'
    expect(visit.headers.get('cache-control')).toBe(kept)
  }
}

/** A call from the script of another site. */
const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }

describe.each(routes)('%s', (route) => {
  let prepared: Prepared
  beforeAll(async () => {
    prepared = await rows[route].prepare(origin)
  })

  test('asvs 3.4: a refusal carries the headers of its kind', async () => {
    expectHeaders(route, await send(route, prepared, { tenant: 'nobody' }))
    const { key } = rows[route]
    if (key !== undefined)
      expectHeaders(route, await send(route, prepared, { encoded: `${key}=x` }))
  })

  /**
   * The authorization endpoint is none of those that scripts may call.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc9700#section-2.6
   */
  test('fapi 2.0 section 5.2.3: another origin may read public documents and what applications call, never with cookies', async () => {
    // Once removed, there would be nothing left to remove.
    const sender = route.startsWith('DELETE') ? strangerAt(origin) : prepared
    expectHeaders(route, await send(route, sender, { encoded: '', headers: foreign }))
    const [, path = ''] = route.replace('{tenant}', 'acme').split(' ')
    const preflight = { ...foreign, 'access-control-request-method': 'POST' }
    const { status, headers } = await fetch(origin + path, {
      method: 'OPTIONS',
      headers: preflight,
    })
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    if (forPages.test(route)) {
      expect(status).toBe(204)
      expect(headers.get('access-control-allow-headers')).toBe(
        'Accept, Authorization, Content-Type, DPoP',
      )
    } else for (const name of cors) expect(headers.get(name), name).toBeNull()
  })

  /**
   * No page is framed, linked from or kept: its address is told to nobody else.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc6749#section-10.13
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.2.6
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.4.1
   * @spec https://www.rfc-editor.org/rfc/rfc9396#section-13
   * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.2.4
   * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.16
   */
  test('asvs 3.4: a good answer carries the headers of its kind, and its cookies all their attributes', async () => {
    const visit = await send(route, prepared)
    expect(visit.status).toBe(rows[route].accepted.status)
    expectHeaders(route, visit)
    for (const cookie of visit.headers.getSetCookie()) {
      expect(cookie).toMatch(
        /^__Secure-sallyport-(session|browser)=[^;]*; (Max-Age=0; )?Path=\/acme; Secure; HttpOnly; SameSite=Lax$|^__Secure-sallyport-state=[\w-]*; Max-Age=\d+; Path=\/acme; Secure; SameSite=None$/,
      )
    }
  })
})
