import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { readProofKey } from './proof-key.ts'

const good: readonly (readonly [SigningAlgorithm, Readonly<Record<string, unknown>>])[] = [
  ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })],
  ['EdDSA', generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })],
  [
    'PS256',
    generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }),
  ],
]

const algorithms = good.map(([algorithm]) => algorithm)

test.for(good)('a key of %s is read for its own algorithm, and for no other', ([own, jwk]) => {
  for (const algorithm of algorithms) {
    expect(readProofKey(algorithm, jwk)?.algorithm).toBe(algorithm === own ? own : undefined)
  }
})

test('rfc7518 section 6: no key makes reading throw, whatever its members are replaced by', () => {
  const bytes = fc.uint8Array({ minLength: 31, maxLength: 66 })
  const member = fc.oneof(
    fc.jsonValue(),
    bytes.map((some) => Buffer.from(some).toString('base64url')),
  )
  const changes = fc.dictionary(fc.constantFrom('kty', 'crv', 'x', 'y', 'n', 'e', 'd', 'k'), member)
  const spoilt = fc
    .tuple(fc.constantFrom(...good), changes)
    .map(([[, jwk], changed]) => ({ ...jwk, ...changed }))
  const anyKey = fc.oneof(fc.jsonValue(), spoilt)
  fc.assert(
    fc.property(fc.constantFrom(...algorithms), anyKey, (algorithm, jwk) => {
      const read = readProofKey(algorithm, jwk)
      if (read !== undefined) expect(read.key.type).toBe('public')
    }),
    { numRuns: 500 },
  )
})
