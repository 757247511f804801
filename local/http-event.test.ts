import { expect, test } from 'vitest'
import { type GatewayRequest, renderEvent } from './http-event.ts'

const match = {
  route: { method: 'POST', path: '/{tenant}/oauth2/token', functionName: 'oauth2.token' },
  pathParameters: { tenant: 'acme' },
}
const facts = {
  accountId: '111111111111',
  apiId: 'api',
  domainName: 'api.example',
  requestId: 'r1',
  time: new Date('2020-03-12T19:03:58Z'),
}
const request: GatewayRequest = {
  method: 'POST',
  path: '/acme/oauth2/token',
  queryString: '',
  headers: [],
  body: Buffer.alloc(0),
  sourceAddress: '192.0.2.1',
}
const eventOf = (parts: Partial<GatewayRequest>) =>
  renderEvent({ ...request, ...parts }, match, facts)

test('payload format 2.0: repeated headers are joined by commas, cookies stand apart', () => {
  const event = eventOf({
    headers: [
      ['accept', 'a'],
      ['accept', 'b'],
      ['cookie', 'x=1; y=2'],
      ['cookie', 'z=3'],
    ],
  })
  expect(event.headers).toEqual({ accept: 'a,b' })
  expect(event.cookies).toEqual(['x=1', 'y=2', 'z=3'])
})

test('payload format 2.0: repeated query parameters are decoded and joined by commas', () => {
  const event = eventOf({ queryString: 'a=1&b=x%20y&a=2&__proto__=p' })
  expect(event.rawQueryString).toBe('a=1&b=x%20y&a=2&__proto__=p')
  expect(event.queryStringParameters).toEqual(
    Object.fromEntries([
      ['a', '1,2'],
      ['b', 'x y'],
      ['__proto__', 'p'],
    ]),
  )
})

test.each([
  ['application/x-www-form-urlencoded', true],
  ['application/octet-stream', true],
  [undefined, true],
  ['application/json; charset=utf-8', false],
  ['application/jsonx', true],
  ['text/plain', false],
])('payload format 2.0: a body of type %s is base64: %s', (type, isBase64Encoded) => {
  const body = Buffer.from('a=ü')
  const event = eventOf({ body, headers: type ? [['content-type', type]] : [] })
  expect(event.isBase64Encoded).toBe(isBase64Encoded)
  expect(event.body).toBe(body.toString(isBase64Encoded ? 'base64' : 'utf8'))
})

test('payload format 2.0: what is not there has no field', () => {
  const event = renderEvent(request, { ...match, pathParameters: {} }, facts)
  expect(Object.keys(event).toSorted()).toEqual([
    'headers',
    'isBase64Encoded',
    'rawPath',
    'rawQueryString',
    'requestContext',
    'routeKey',
    'version',
  ])
})

test('payload format 2.0: the context names the request, its source and its time', () => {
  expect(eventOf({ headers: [['user-agent', 'curl']] }).requestContext).toMatchObject({
    http: {
      method: 'POST',
      path: '/acme/oauth2/token',
      protocol: 'HTTP/1.1',
      sourceIp: '192.0.2.1',
      userAgent: 'curl',
    },
    routeKey: 'POST /{tenant}/oauth2/token',
    stage: '$default',
    time: '12/Mar/2020:19:03:58 +0000',
    timeEpoch: 1584039838000,
  })
})
