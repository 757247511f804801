import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createGateway } from '#local/gateway.ts'
import type { Outcome } from '#local/lambda-instance.ts'
import { listen } from '#local/server.ts'
import { rawRequest, sendRaw } from '../support/raw-http.ts'

/** What the function behind the gateway was called with, and what it answers next. */
let events: APIGatewayProxyEventV2[] = []
let outcome: Outcome

const server = await listen({ port: 0 })
const { origin } = server
server.serve(
  createGateway({
    routes: [
      { method: 'GET', path: '/{tenant}/page', functionName: 'page' },
      { method: 'POST', path: '/{tenant}/page', functionName: 'page' },
    ],
    edgeHeaders: { 'X-Origin-Secret': 'the secret' },
    region: 'eu-central-1',
    accountId: '111111111111',
    invoke: async (_, event) => {
      events.push(event)
      return outcome
    },
  }),
)

beforeEach(() => {
  events = []
  outcome = { kind: 'answered', payload: { statusCode: 200, body: 'fine' } }
})
afterAll(() => server.close())

test('API Gateway: a route that is not there is 404 with one JSON message', async () => {
  const response = await fetch(`${origin}/acme/elsewhere`)
  expect(response.status).toBe(404)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toEqual({ message: 'Not Found' })
})

test('API Gateway: a method without a route is 404, not 405', async () => {
  expect((await fetch(`${origin}/acme/page`, { method: 'DELETE' })).status).toBe(404)
})

test('API Gateway: the path arrives decoded, the query as it was and joined', async () => {
  await fetch(`${origin}/a%20b/page?x=1&x=%32`)
  expect(events).toMatchObject([
    {
      rawPath: '/a b/page',
      rawQueryString: 'x=1&x=%32',
      queryStringParameters: { x: '1,2' },
      pathParameters: { tenant: 'a b' },
    },
  ])
})

test('API Gateway: an encoded slash is a slash, and a path is cut at an encoded question mark', async () => {
  await fetch(`${origin}/acme%2Fpage%3Fadmin`)
  expect(events).toMatchObject([{ rawPath: '/acme/page', pathParameters: { tenant: 'acme' } }])
})

test.each(['/%zz/page', '/%/page', '/%c3/page'])(
  'a path of broken encoding, %s, is 400',
  async (path) => {
    const answer = await sendRaw(origin, rawRequest(`GET ${path}`))
    expect(answer).toMatchObject({ status: 400, body: '{"message":"Bad Request"}' })
    expect(events).toEqual([])
  },
)

test('API Gateway: the body of a form is base64', async () => {
  const body = new URLSearchParams({ grant_type: 'x' })
  await fetch(`${origin}/acme/page`, { method: 'POST', body })
  expect(events).toMatchObject([
    { isBase64Encoded: true, body: Buffer.from('grant_type=x').toString('base64') },
  ])
})

test('CloudFront: the viewer address is the last but one, whatever the viewer claims', async () => {
  await fetch(`${origin}/acme/page`, { headers: { 'x-forwarded-for': '203.0.113.9' } })
  const forwardedFor = events[0]?.headers['x-forwarded-for']?.split(', ')
  expect(forwardedFor).toEqual(['203.0.113.9', '127.0.0.1', '192.0.2.1'])
  expect(events[0]?.requestContext.http.sourceIp).toBe('192.0.2.1')
})

test("CloudFront: a viewer's own origin secret is overwritten, and its Host is not passed on", async () => {
  const lines = ['X-Origin-Secret: guess', 'x-origin-secret: again', 'Host: evil.example']
  await sendRaw(origin, rawRequest('GET /acme/page', lines).replace('Host: localhost\r\n', ''))
  expect(events[0]?.headers['x-origin-secret']).toBe('the secret')
  expect(JSON.stringify(events)).not.toContain('evil.example')
})

test('HTTP API: HEAD is a method of its own, which a GET route does not answer', async () => {
  const response = await fetch(`${origin}/acme/page`, { method: 'HEAD' })
  expect(response.status).toBe(404)
  expect(events).toEqual([])
})

test('CloudFront: a GET with a body is 403', async () => {
  const answer = await sendRaw(origin, rawRequest('GET /acme/page', ['Content-Length: 3'], 'a=1'))
  expect(answer.status).toBe(403)
  expect(events).toEqual([])
})

test('API Gateway: 10,240 bytes of request line and header values are 431 from the next byte on', async () => {
  const statusWith = async (bytes: number) =>
    (await sendRaw(origin, rawRequest('GET /acme/page', [`X-Filling: ${'a'.repeat(bytes)}`])))
      .status
  expect(await statusWith(9_900)).toBe(200)
  expect(await statusWith(10_240)).toBe(431)
  expect(await statusWith(40_000)).toBe(431)
  expect(events).toHaveLength(1)
})

test('API Gateway: a body over 10 MB is 413, and one over what Lambda takes too', async () => {
  const statusWith = async (bytes: number) => {
    const headers = { 'content-type': 'text/plain' }
    const body = 'a'.repeat(bytes)
    return (await fetch(`${origin}/acme/page`, { method: 'POST', headers, body })).status
  }
  expect(await statusWith(10 * 1024 * 1024 + 1)).toBe(413)
  expect(await statusWith(7 * 1024 * 1024)).toBe(413)
  expect(await statusWith(5 * 1024 * 1024)).toBe(200)
  expect(events).toHaveLength(1)
})

test('what is not HTTP is 400, and the server goes on', async () => {
  expect(await sendRaw(origin, 'nonsense\r\n\r\n')).toMatchObject({
    status: 400,
    body: '{"message":"Bad Request"}',
  })
  expect((await fetch(`${origin}/acme/page`)).status).toBe(200)
})

test('API Gateway: cookies, base64 and a redirect come back as HTTP', async () => {
  outcome = {
    kind: 'answered',
    payload: {
      statusCode: 303,
      headers: { location: '/next' },
      cookies: ['a=1; Secure', 'b=2'],
      body: Buffer.from('bytes').toString('base64'),
      isBase64Encoded: true,
    },
  }
  const response = await fetch(`${origin}/acme/page`, { redirect: 'manual' })
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/next')
  expect(response.headers.getSetCookie()).toEqual(['a=1; Secure', 'b=2'])
  expect(await response.text()).toBe('bytes')
})

test.each<[string, Outcome, number, string]>([
  ['fails', { kind: 'failed', reason: 'secret' }, 500, 'Internal Server Error'],
  ['is not done in time', { kind: 'timed-out' }, 503, 'Service Unavailable'],
  [
    'answers nonsense',
    { kind: 'answered', payload: { statusCode: 'x' } },
    500,
    'Internal Server Error',
  ],
  [
    'answers a header that is none',
    { kind: 'answered', payload: { statusCode: 200, headers: { a: 'b\r\nc: d' } } },
    500,
    'Internal Server Error',
  ],
])('API Gateway: a function that %s', async (_, next, status, message) => {
  outcome = next
  const response = await fetch(`${origin}/acme/page`)
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual({ message })
})
