import { expect, test } from 'vitest'
import { decodePayload, describeClaims } from './claims.ts'

const jwt = (payload: object) =>
  `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`

test('rfc7519 section 3: the payload is base64url of UTF-8 JSON', () => {
  const payload = { name: 'Zoë ÿÿÿ???>>>', nested: { a: [1] } }
  expect(decodePayload(jwt(payload))).toEqual(payload)
})

test('a time is shown as it is, and how far away it is', () => {
  const now = 1_800_000_000_000
  const claims = { iat: 1_800_000_000 - 90, exp: 1_800_000_000 + 7200, nbf: 1_800_000_000 }
  expect(describeClaims(claims, now)).toEqual([
    { name: 'iat', value: '1799999910', note: '1 minute ago' },
    { name: 'exp', value: '1800007200', note: 'in 2 hours' },
    { name: 'nbf', value: '1800000000', note: 'now' },
  ])
})

test('a claim that is no text is shown as JSON, and a number that is no time has no note', () => {
  expect(describeClaims({ amr: ['pwd'], email_verified: true, count: 3 }, 0)).toEqual([
    { name: 'amr', value: '["pwd"]' },
    { name: 'email_verified', value: 'true' },
    { name: 'count', value: '3' },
  ])
})
