import { expect, test } from 'vitest'
import { internalServerError, parseResult, refusal } from './http-answer.ts'

test('payload format 2.0: every cookie of a result becomes a set-cookie header', () => {
  const answer = parseResult({
    statusCode: 303,
    headers: { Location: '/next', 'Content-Type': 'text/html' },
    cookies: ['a=1; Secure', 'b=2'],
  })
  expect(answer.status).toBe(303)
  expect(answer.headers).toEqual([
    ['location', '/next'],
    ['content-type', 'text/html'],
    ['set-cookie', 'a=1; Secure'],
    ['set-cookie', 'b=2'],
  ])
})

test('payload format 2.0: a base64 body is decoded', () => {
  const bytes = Buffer.from([0, 255, 1])
  expect(
    parseResult({ statusCode: 200, body: bytes.toString('base64'), isBase64Encoded: true }).body,
  ).toEqual(bytes)
})

test('payload format 2.0: a result without statusCode is the body of a 200', () => {
  expect(parseResult({ hello: 1 })).toMatchObject({ status: 200, body: Buffer.from('{"hello":1}') })
  expect(parseResult('text').body.toString()).toBe('text')
  expect(parseResult(undefined).body.toString()).toBe('null')
})

test.each([
  { statusCode: 'ok' },
  { statusCode: 99 },
  { statusCode: 200, body: { not: 'text' } },
  { statusCode: 200, cookies: 'a=1' },
  { statusCode: 200, headers: [] },
])('payload format 2.0: a malformed result is 500: %o', (result) => {
  expect(parseResult(result)).toBe(internalServerError)
})

test('API Gateway: its own refusals are one JSON message', () => {
  expect(refusal(404, 'Not Found').body.toString()).toBe('{"message":"Not Found"}')
})
