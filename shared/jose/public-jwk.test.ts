import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { expect, test } from 'vitest'
import { jwkThumbprint, publicJwk, thumbprintOf } from './public-jwk.ts'

const rfc7638Example = {
  kty: 'RSA',
  n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  e: 'AQAB',
}

const spki = createPublicKey({ key: rfc7638Example, format: 'jwk' })
  .export({ format: 'der', type: 'spki' })
  .toString('base64')

test('rfc7638 section 3.1: the thumbprint of the example key', () => {
  expect(jwkThumbprint(rfc7638Example)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')
  expect(thumbprintOf(spki)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')
})

test('rfc7517 section 4: a published key names its use, algorithm and kid, and nothing private', () => {
  expect(publicJwk({ publicKey: spki, kid: 'k-1', algorithm: 'RS256' })).toEqual({
    ...rfc7638Example,
    kid: 'k-1',
    use: 'sig',
    alg: 'RS256',
  })
})

test('rfc8037 section 2 and rfc8037 appendix A.3: the thumbprint of the example key', () => {
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
  expect(jwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x })).toBe(
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  )
})

const pairs = {
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
  'ML-DSA-44': () => generateKeyPairSync('ml-dsa-44'),
}

test.each([
  ['PS256', ['alg', 'e', 'kid', 'kty', 'n', 'use']],
  ['ES256', ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']],
  ['EdDSA', ['alg', 'crv', 'kid', 'kty', 'use', 'x']],
  ['ML-DSA-44', ['alg', 'kid', 'kty', 'pub', 'use']],
] as const)(
  'rfc7517 section 9.2 and rfc9964 section 3: of a key of %s only the public members are published',
  async (algorithm, members) => {
    const { publicKey } = pairs[algorithm]()
    const text = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    const jwk = publicJwk({ publicKey: text, kid: 'k-1', algorithm })
    expect(Object.keys(jwk).toSorted()).toEqual(members)
    expect(createPublicKey({ key: { ...jwk }, format: 'jwk' }).equals(publicKey)).toBe(true)
    expect(thumbprintOf(text)).toBe(await calculateJwkThumbprint({ ...jwk }))
  },
)

test('a key of another type is refused', () => {
  expect(() => jwkThumbprint({ kty: 'oct', k: 'c2VjcmV0' })).toThrow(TypeError)
})
