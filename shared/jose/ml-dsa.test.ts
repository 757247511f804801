import { createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js'
import { expect, test } from 'vitest'
import { mlDsa44Pkcs8, mlDsa44Representative } from './ml-dsa.ts'
import { jwkThumbprint } from './public-jwk.ts'

const keyOf = (seed: Uint8Array) =>
  createPrivateKey({ key: mlDsa44Pkcs8(seed), format: 'der', type: 'pkcs8' })

test('rfc9964 appendix A.1: the private key of the all-zeros seed', () => {
  const jwk = { ...createPublicKey(keyOf(new Uint8Array(32))).export({ format: 'jwk' }) }
  expect(String(jwk['pub'])).toMatch(/^unH59k4RuutY-pxvu24U5h8YZD2rSVtHU5qRZsoB.*MFRrndjbDQ$/)
  expect(jwkThumbprint(jwk)).toBe('T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o')
})

test('rfc9964 section 6: the thumbprint is of alg, kty and pub alone', () => {
  const jwk = { ...createPublicKey(keyOf(new Uint8Array(32))).export({ format: 'jwk' }) }
  const thumbprint = jwkThumbprint(jwk)
  expect(jwkThumbprint({ priv: 'p', use: 'sig', kid: 'k', ...jwk })).toBe(thumbprint)
  expect(jwkThumbprint({ ...jwk, alg: 'ML-DSA-65' })).not.toBe(thumbprint)
})

test('rfc9964 section 4 and 7.3: the private key is its seed of 32 bytes', () => {
  const { privateKey } = generateKeyPairSync('ml-dsa-44')
  const seed = Buffer.from(String({ ...privateKey.export({ format: 'jwk' }) }['priv']), 'base64url')
  expect(seed).toHaveLength(32)
  expect(keyOf(seed).equals(privateKey)).toBe(true)
  expect(() => keyOf(seed.subarray(1))).toThrow()
})

test('rfc9964 section 5: signing the representative signs the message, with an empty context', () => {
  const seed = Buffer.alloc(32, 7)
  const publicKey = createPublicKey(keyOf(seed))
  const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  const { secretKey } = ml_dsa44.keygen(seed)
  for (const message of ['', 'header.payload', 'x'.repeat(10_000)]) {
    const representative = mlDsa44Representative(spki, message)
    expect(representative).toHaveLength(64)
    const signature = ml_dsa44.internal.sign(representative, secretKey, { externalMu: true })
    expect(verify(null, Buffer.from(message), publicKey, signature)).toBe(true)
    expect(verify(null, Buffer.from(`${message} `), publicKey, signature)).toBe(false)
  }
})
