import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { clientJwks, problemOfJwk } from './client-jwks.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')

const jwkOf = (key: typeof rsa.publicKey) => {
  const { kty = '', ...members } = key.export({ format: 'jwk' })
  return { kty, ...members }
}

const messagesOf = (jwks: unknown) =>
  clientJwks
    .safeParse(jwks)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

test('rfc7517 section 5: RSA, P-256 and Ed25519 public keys are taken', () => {
  for (const { publicKey } of [rsa, ec, ed]) {
    expect(problemOfJwk(jwkOf(publicKey))).toBeUndefined()
  }
})

test('rfc7517 section 9.3: a key with a private member is refused', () => {
  for (const { privateKey } of [rsa, ec, ed]) {
    expect(problemOfJwk(jwkOf(privateKey))).toBe(
      'must be a public key, without the private member "d"',
    )
  }
})

test('a symmetric key is refused', () => {
  expect(messagesOf({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }] })).toHaveLength(1)
  expect(problemOfJwk({ kty: 'oct', k: 'c2VjcmV0' })).toMatch(/private member "k"/)
})

test('rfc7518 section 3.3: an RSA key of less than 2048 bits is refused', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  expect(problemOfJwk(jwkOf(publicKey))).toBe('must have a modulus of at least 2048 bits')
})

test('a curve outside the list is refused', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  expect(problemOfJwk(jwkOf(publicKey))).toBe('must be an RSA, P-256 or Ed25519 key')
})

test('a point that is not on its curve is no key', () => {
  expect(problemOfJwk({ ...jwkOf(ec.publicKey), y: jwkOf(ed.publicKey).x ?? '' })).toBe(
    'is not a valid public key',
  )
})

test('rfc7517 section 4.4: alg fits the key', () => {
  expect(problemOfJwk({ ...jwkOf(rsa.publicKey), alg: 'PS256' })).toBeUndefined()
  expect(problemOfJwk({ ...jwkOf(rsa.publicKey), alg: 'ES256' })).toBe('cannot be used with ES256')
  expect(messagesOf({ keys: [{ ...jwkOf(rsa.publicKey), alg: 'HS256' }] })?.[0]).toMatch(
    /^keys.0.alg/,
  )
})

test('rfc7517 section 4.2: a key for encryption is refused', () => {
  expect(messagesOf({ keys: [{ ...jwkOf(ec.publicKey), use: 'enc' }] })?.[0]).toMatch(/^keys.0.use/)
})

test('rfc7517 section 4.5: several keys have a kid each', () => {
  const [first, second] = [jwkOf(ec.publicKey), jwkOf(ed.publicKey)]
  const named = (kid: string, other: string) => ({
    keys: [
      { ...first, kid },
      { ...second, kid: other },
    ],
  })
  expect(messagesOf(named('a', 'b'))).toBeUndefined()
  expect(messagesOf(named('a', 'a'))?.[0]).toMatch(/^keys.1.kid/)
  expect(messagesOf({ keys: [first, second] })).toHaveLength(2)
})
