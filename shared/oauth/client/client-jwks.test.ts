import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { clientJwks } from './client-jwks.ts'
import { problemOfJwk } from './client-key.ts'

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

test('rfc7517 section 5: public keys of every kind that signs or is encrypted to are taken', () => {
  const others = [
    generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    generateKeyPairSync('x25519'),
    generateKeyPairSync('ml-dsa-44'),
  ]
  for (const { publicKey } of [rsa, ec, ed, ...others]) {
    expect(problemOfJwk(jwkOf(publicKey))).toBeUndefined()
    expect(messagesOf({ keys: [jwkOf(publicKey)] })).toBeUndefined()
  }
})

test('rfc7517 section 9.2: a key with a private member is refused', () => {
  for (const { privateKey } of [rsa, ec, ed]) {
    expect(problemOfJwk(jwkOf(privateKey))).toBe(
      'must be a public key, without the private member "d"',
    )
  }
})

test('rfc8725 section 3.5: a symmetric key is refused, and so is a weak one', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  expect(problemOfJwk(jwkOf(publicKey))).toEqual(expect.any(String))
  expect(messagesOf({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }] })).toHaveLength(1)
  expect(problemOfJwk({ kty: 'oct', k: 'c2VjcmV0' })).toMatch(/private member "k"/)
})

test('rfc7518 section 3.3, 3.5 and 4.3: an RSA key of less than 2048 bits is refused', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  expect(problemOfJwk(jwkOf(publicKey))).toBe('must have a modulus of at least 2048 bits')
})

test('rfc7518 section 8.6: nobody has us calculate with keys of any size', () => {
  const jwk = (bits: number) => ({
    kty: 'RSA',
    e: 'AQAB',
    n: Buffer.alloc(bits / 8, 255).toString('base64url'),
  })
  expect(problemOfJwk(jwk(8192))).toBeUndefined()
  expect(problemOfJwk(jwk(8200))).toBe('must have a modulus of at most 8192 bits')
})

test('a curve outside the list is refused', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  expect(problemOfJwk(jwkOf(publicKey))).toBe('must be a key of a kind that we know')
})

test('rfc7518 section 6.2.1: a coordinate has all of its bytes, no more, and one spelling', () => {
  const jwk = jwkOf(ec.publicKey)
  const x = Buffer.from(jwk.x ?? '', 'base64url')
  for (const other of [Buffer.concat([Buffer.of(0), x]), x.subarray(1)]) {
    expect(problemOfJwk({ ...jwk, x: other.toString('base64url') })).toEqual(expect.any(String))
  }
  for (const spelling of [`${jwk.x}=`, `${jwk.x}\n`]) {
    expect(problemOfJwk({ ...jwk, x: spelling })).toEqual(expect.any(String))
  }
})

test('rfc8725 section 3.4: a point that is not on its curve is no key', () => {
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

test('rfc7517 section 4.2: a key is used for what it says, and for what it can do', () => {
  const enc = { use: 'enc' } as const
  expect(problemOfJwk({ ...jwkOf(ec.publicKey), ...enc, alg: 'ECDH-ES' })).toBeUndefined()
  expect(problemOfJwk({ ...jwkOf(rsa.publicKey), ...enc, alg: 'RSA-OAEP' })).toBeUndefined()
  expect(problemOfJwk({ ...jwkOf(rsa.publicKey), ...enc, alg: 'RS256' })).toBe(
    'cannot be used with RS256',
  )
  expect(problemOfJwk({ ...jwkOf(ed.publicKey), ...enc })).toBe('cannot be used for enc')
  const x25519 = jwkOf(generateKeyPairSync('x25519').publicKey)
  expect(problemOfJwk({ ...x25519, use: 'sig' })).toBe('cannot be used for sig')
  expect(messagesOf({ keys: [{ ...jwkOf(ec.publicKey), use: 'ssh' }] })?.[0]).toMatch(/^keys.0.use/)
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
