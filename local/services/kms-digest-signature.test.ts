import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { type DigestScheme, ecdsa, type Hash, rsaPkcs1, rsaPss } from './kms-digest-signature.ts'

const message = Buffer.from('what is signed')
const hashes: readonly Hash[] = ['sha256', 'sha384', 'sha512']
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

/** Both directions: what we sign, `node:crypto` verifies, and the other way round. */
function agrees(scheme: DigestScheme, key: typeof rsa, hash: Hash, options = {}): void {
  const digest = createHash(hash).update(message).digest()
  const ours = scheme.sign(key, digest, hash)
  expect(verify(hash, message, { key, ...options }, ours)).toBe(true)
  const theirs = sign(hash, message, { key, ...options })
  expect(scheme.verify(key, digest, hash, theirs)).toBe(true)
  const other = createHash(hash).update('another').digest()
  expect(scheme.verify(key, other, hash, theirs)).toBe(false)
  expect(scheme.verify(key, digest, hash, Buffer.alloc(theirs.length, 7))).toBe(false)
  expect(scheme.verify(key, digest, hash, Buffer.alloc(3))).toBe(false)
}

test.each(hashes)(
  'rfc8017 section 8.2: RSASSA-PKCS1-v1_5 of a %s digest is that of the message',
  (hash) => {
    agrees(rsaPkcs1, rsa, hash)
  },
)

test.each(hashes)(
  'rfc8017 section 8.1: RSASSA-PSS of a %s digest is that of the message',
  (hash) => {
    const saltLength = createHash(hash).digest().length
    agrees(rsaPss, rsa, hash, { padding: 6, saltLength })
  },
)

test.each([
  ['P-256', 'sha256'],
  ['P-384', 'sha384'],
  ['P-521', 'sha512'],
] as const)('ECDSA %s: the signature of a %s digest is that of the message', (namedCurve, hash) => {
  agrees(ecdsa, generateKeyPairSync('ec', { namedCurve }).privateKey, hash)
})
