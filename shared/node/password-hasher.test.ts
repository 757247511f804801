import { argon2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { PhcString } from '#shared/authn/password-record.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { argon2idHasher } from './password-hasher.ts'
import { formatPhcString, parsePhcString } from './phc-string.ts'

const password = new Secret('correct horse battery staple')

/** From the reference implementation's own tests. */
const referenceHash =
  '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc' as PhcString

async function millisecondsOf(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await action()
  return performance.now() - started
}

test('rfc9106 section 5.3: the runtime computes the test vector of Argon2id', () => {
  const tag = argon2Sync('argon2id', {
    message: Buffer.alloc(32, 1),
    nonce: Buffer.alloc(16, 2),
    secret: Buffer.alloc(8, 3),
    associatedData: Buffer.alloc(12, 4),
    memory: 32,
    passes: 3,
    parallelism: 4,
    tagLength: 32,
  })
  expect(tag.toString('hex')).toBe(
    '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659',
  )
})

test('a hash of the reference implementation verifies with its own parameters', async () => {
  expect(await argon2idHasher.verify(referenceHash, new Secret('password'))).toBe(true)
  expect(await argon2idHasher.verify(referenceHash, new Secret('sassword'))).toBe(false)
})

test('a hash verifies its password alone, and never looks the same twice', async () => {
  const phc = await argon2idHasher.hash(password)
  expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(await argon2idHasher.verify(phc, password)).toBe(true)
  expect(await argon2idHasher.verify(phc, new Secret('correct horse battery stapl'))).toBe(false)
  expect(await argon2idHasher.hash(password)).not.toBe(phc)
})

test('NIST SP 800-63B-4: compatible spellings of a password are one password', async () => {
  const phc = await argon2idHasher.hash(new Secret('Zo\u00eb \ufb01nds'))
  expect(await argon2idHasher.verify(phc, new Secret('Zoe\u0308 finds'))).toBe(true)
})

test('ASVS 6.3.8: an absent hash takes about as long as a present one, and never verifies', async () => {
  const phc = await argon2idHasher.hash(password)
  const present = await millisecondsOf(() => argon2idHasher.verify(phc, password))
  const absent = await millisecondsOf(() => argon2idHasher.verify(undefined, password))
  expect(await argon2idHasher.verify(undefined, password)).toBe(false)
  expect(absent).toBeGreaterThan(present / 4)
})

test.each([
  [
    'another algorithm',
    '$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8',
  ],
  ['another version', referenceHash.replace('v=19', 'v=16')],
  ['unbearable memory', referenceHash.replace('m=65536', 'm=9999999')],
  ['too little memory', referenceHash.replace('m=65536', 'm=7')],
  ['unbearable passes', referenceHash.replace('t=2', 't=17')],
  ['no lane', referenceHash.replace('p=1', 'p=0')],
  ['a short salt', referenceHash.replace('c29tZXNhbHQ', 'c29t')],
  ['a short tag', referenceHash.replace(/\$[^$]*$/, '$c29tZXNhbHQ')],
  ['a second spelling of the salt', referenceHash.replace('c29tZXNhbHQ', 'c29tZXNhbHR')],
  ['garbage', 'garbage'],
])('%s is no hash of ours and verifies nothing', async (_, text) => {
  expect(parsePhcString(text)).toBeUndefined()
  expect(await argon2idHasher.verify(text as PhcString, new Secret('password'))).toBe(false)
})

test('a PHC string reads back as it was written', () => {
  const hash = parsePhcString(referenceHash)
  expect(hash && formatPhcString(hash)).toBe(referenceHash)
})
