import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { publicJwk, publicKeyOf, rsaThumbprint, thumbprintOf } from './public-jwk.ts'

const rfc7638Example = {
  kty: 'RSA',
  n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  e: 'AQAB',
}

const spki = createPublicKey({ key: rfc7638Example, format: 'jwk' })
  .export({ format: 'der', type: 'spki' })
  .toString('base64')

test('rfc7638 section 3.1: the thumbprint of the example key', () => {
  expect(rsaThumbprint(rfc7638Example)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')
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

test('a key of another type is refused', () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  const ed25519 = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  expect(publicKeyOf(ed25519).asymmetricKeyType).toBe('ed25519')
  expect(() => thumbprintOf(ed25519)).toThrow(TypeError)
})
