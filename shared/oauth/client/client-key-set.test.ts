import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientKeySetLifetime, parseClientKeySet } from './client-key-set.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const own = { ...publicKey.export({ format: 'jwk' }), kid: 'a', use: 'sig', alg: 'ES256' }

const parse = (set: unknown) => parseClientKeySet(JSON.stringify(set))

test('rfc7517 section 5: the keys that we can use come as they are published', () => {
  const extended = { ...own, 'x5t#S256': 'x', unknown: [1] }
  expect(parse({ keys: [own, extended], more: true })).toEqual([own, extended])
  expect(parse({ keys: [] })).toEqual([])
})

test.each([
  ['of an unknown type', { kty: 'XYZ', kid: 'b' }],
  ['without a type', { ...own, kty: undefined }],
  ['without a member it needs', { ...own, y: undefined }],
  ['of a curve that we do not know', { ...own, crv: 'secp256k1' }],
  ['for an algorithm that we do not know', { ...own, alg: 'RS1' }],
  ['for a use that we do not know', { ...own, use: 'ssh' }],
  ['whose name is no text', { ...own, kid: 7 }],
  ['that is private', privateKey.export({ format: 'jwk' })],
  ['that is symmetric', { kty: 'oct', k: 'c2VjcmV0' }],
  ['that is none', 'key'],
  ['that is null', null],
])('rfc7517 section 4.1 and 5: a key %s is passed over, and spoils no other', (_, key) => {
  expect(parse({ keys: [key, own] })).toEqual([own])
})

test.each([
  ['', 'no JSON'],
  ['{"keys":', 'no JSON'],
  ['[]', 'no set'],
  ['null', 'no set'],
  ['{}', 'no keys'],
  ['{"keys":{}}', 'no list'],
])('rfc7517 section 5.1: %s, %s, is no set', (text) => {
  expect(parseClientKeySet(text)).toBeUndefined()
})

test('of very many keys only the first are looked at', () => {
  expect(parse({ keys: Array.from({ length: 60 }, () => own) })).toHaveLength(50)
})

test('no text at all makes reading throw, and no key comes out that is not public', () => {
  const key = fc.oneof(
    fc.jsonValue(),
    fc.record({ kty: fc.constantFrom('EC', 'RSA', 'OKP', 'oct') }),
  )
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.array(key).map((keys) => JSON.stringify({ keys })),
  )
  fc.assert(
    fc.property(text, (some) => {
      for (const read of parseClientKeySet(some) ?? []) expect(read).not.toHaveProperty('d')
    }),
  )
})

test.each([
  [undefined, 600],
  ['', 600],
  ['public', 600],
  ['max-age=300', 300],
  ['public, Max-Age=1800, must-revalidate', 1800],
  ['max-age="120"', 120],
  ['max-age=0', 60],
  ['max-age=59', 60],
  ['max-age=3601', 3600],
  ['max-age=999999999', 3600],
  ['max-age=99999999999999999999', 600],
  ['max-age=-1', 600],
  ['s-maxage=300', 600],
  ['no-store', 60],
  ['max-age=300, no-cache', 60],
])('rfc9111 section 5.2.2.1: Cache-Control "%s" keeps keys for %i seconds', (header, expected) => {
  expect(clientKeySetLifetime(header)).toBe(expected)
})

test('rfc9111 section 5.2.2.1: whatever is said, keys are kept for a minute at least and an hour at most', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      expect(clientKeySetLifetime(header)).toBeGreaterThanOrEqual(60)
      expect(clientKeySetLifetime(`max-age=${header}`)).toBeLessThanOrEqual(3600)
    }),
  )
})
