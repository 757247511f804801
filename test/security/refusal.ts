import { expect } from 'vitest'
import type { Visit } from '../../tools/smoke/browser.ts'
import type { Row } from './rows.ts'

/** What would tell a stranger how we are built: stacks, files, classes, AWS names, ids of our rules. */
const internals =
  /\bat \S+ \(|\.[cm]?[jt]s:\d|node_modules|file:\/\/|\/tmp\/|(Type|Syntax|Range|Reference)Error|DynamoDB|\barn:|Exception\b|\[object |x-origin-secret|\b(oauth|oidc|http|runtime|tenant|authn|store)\/[a-z]/

/** RFC 6749 section 5.2: what an `error_description` may hold. */
const description = /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/

const challenge = /^(Basic|Bearer) realm="sallyport"/

/** An answer of any kind never fails and never tells of the inside. */
export function expectDiscreet(visit: Visit): void {
  expect(visit.status, visit.body).toBeLessThan(500)
  expect(visit.body).not.toMatch(internals)
}

/** The protocol's own error: a 4xx in the form that the endpoint speaks. */
export function expectRefusal(visit: Visit, refusal: Row['refusal'], status?: number): void {
  expectDiscreet(visit)
  expect(visit.status, visit.body).toBeGreaterThanOrEqual(400)
  if (status !== undefined) expect(visit.status).toBe(status)
  expect(visit.headers.get('location')).toBeNull()
  expect(visit.headers.get('cache-control')).toBe('no-store')
  if (refusal === 'page') expectPage(visit)
  else expectError(visit)
}

function expectError({ status, headers, body }: Visit): void {
  expect(headers.get('content-type')).toBe('application/json')
  if (status === 401) expect(headers.get('www-authenticate')).toMatch(challenge)
  // RFC 6750 section 3: without a token there is a bare challenge.
  if (status === 401 && body === '') return
  expect(JSON.parse(body)).toEqual({
    error: expect.stringMatching(/^[a-z_]+$/),
    error_description: expect.stringMatching(description),
  })
}

function expectPage(visit: Visit): void {
  expect(visit.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(visit.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(visit.body).toContain('</html>')
}

/** A refusal that goes back to the client, whose redirect URI is verified. */
export function expectReturned(visit: Visit, error: string): void {
  expectDiscreet(visit)
  const location = new URL(visit.headers.get('location') ?? visit.url)
  expect(location.href).toMatch(/^https:\/\/app\.example\/callback\?/)
  expect(location.searchParams.get('error')).toBe(error)
  expect(location.searchParams.get('code')).toBeNull()
}

/** The gateway's own refusal, before any function is asked. */
export function expectGatewayRefusal(
  answer: { readonly status: number; readonly body: string },
  status: number,
): void {
  expect(answer.status, answer.body).toBe(status)
  expect(JSON.parse(answer.body)).toEqual({ message: expect.any(String) })
}
