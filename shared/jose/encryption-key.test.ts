import { expect, test } from 'vitest'
import { keyManagementAlgorithms } from './algorithms.ts'
import { encryptionKeyOf } from './encryption-key.ts'

const rsa = { kid: 'rsa', kty: 'RSA' }
const p256 = { kid: 'p256', kty: 'EC', crv: 'P-256' }

test.each([
  ['RSA-OAEP', 'rsa'],
  ['RSA-OAEP-256', 'rsa'],
  ['ECDH-ES', 'p256'],
  ['ECDH-ES+A128KW', 'p256'],
  ['ECDH-ES+A256KW', 'p256'],
] as const)('rfc7518 section 4.1: %s encrypts to a key of its kind', (algorithm, kid) => {
  expect(encryptionKeyOf([rsa, p256], algorithm)?.kid).toBe(kid)
  expect(encryptionKeyOf([p256, rsa], algorithm)?.kid).toBe(kid)
})

test('rfc7517 section 4.2: a key for signatures is never encrypted to', () => {
  expect(encryptionKeyOf([{ ...rsa, use: 'sig' }], 'RSA-OAEP')).toBeUndefined()
  const keys = [rsa, { ...rsa, kid: 'meant', use: 'enc' }]
  expect(encryptionKeyOf(keys, 'RSA-OAEP')?.kid).toBe('meant')
})

test('rfc7517 section 4.4: a key is used with its own algorithm only', () => {
  const other = { ...rsa, alg: 'RSA-OAEP-256' }
  expect(encryptionKeyOf([other], 'RSA-OAEP')).toBeUndefined()
  const keys = [
    { ...rsa, use: 'enc' },
    { ...rsa, kid: 'named', alg: 'RSA-OAEP' },
  ]
  expect(encryptionKeyOf(keys, 'RSA-OAEP')?.kid).toBe('named')
})

test('oidc core section 10.2: without a fitting key there is none', () => {
  const signing = { kty: 'OKP', crv: 'Ed25519' }
  for (const key of [rsa, signing, { kty: 'EC', crv: 'secp256k1' }]) {
    expect(encryptionKeyOf([key], 'ECDH-ES')).toBeUndefined()
  }
  expect(encryptionKeyOf([], 'ECDH-ES')).toBeUndefined()
})

test('rfc7518 section 8.3 and fapi1 advanced section 8.6.1: RSAES-PKCS1-v1_5 is not among the ways to encrypt', () => {
  expect(keyManagementAlgorithms).not.toContain('RSA1_5')
  expect(encryptionKeyOf([{ ...rsa, alg: 'RSA1_5' }], 'RSA-OAEP')).toBeUndefined()
})
