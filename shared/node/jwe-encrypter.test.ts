import { generateKeyPairSync } from 'node:crypto'
import { compactDecrypt, decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { contentEncryptionAlgorithms, keyManagementAlgorithms } from '#shared/jose/algorithms.ts'
import type { PublicJwk } from '#shared/oauth/client/client.ts'
import { jweEncrypter } from './jwe-encrypter.ts'

const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
}

const jwkOf = (name: keyof typeof pairs): PublicJwk => ({
  ...(pairs[name].publicKey.export({ format: 'jwk' }) as PublicJwk),
  kid: name,
  use: 'enc',
})

const keys = [jwkOf('rsa'), jwkOf('p256')]

const combinations = keyManagementAlgorithms.flatMap((alg) =>
  contentEncryptionAlgorithms.map((enc) => ({ alg, enc })),
)

test.each(combinations)(
  'rfc7516 section 4.1.1, 4.1.2 and 5.1: $alg with $enc: the client alone decrypts',
  async (header) => {
    const jwe = (await jweEncrypter.encrypt('a.b.c', keys, { ...header, cty: 'JWT' })) ?? ''
    const name = header.alg.startsWith('RSA') ? 'rsa' : 'p256'
    expect(decodeProtectedHeader(jwe)).toMatchObject({ ...header, cty: 'JWT', kid: name })
    const { plaintext } = await compactDecrypt(jwe, pairs[name].privateKey)
    expect(Buffer.from(plaintext).toString()).toBe('a.b.c')
    const { privateKey: other } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    await expect(compactDecrypt(jwe, other)).rejects.toThrow()
  },
)

test('oidc core section 10.2: nothing is sent in the clear when no key of the client fits', async () => {
  const header = { alg: 'RSA-OAEP', enc: 'A128GCM' } as const
  expect(await jweEncrypter.encrypt('a.b.c', [], header)).toBeUndefined()
  expect(await jweEncrypter.encrypt('a.b.c', [jwkOf('p256')], header)).toBeUndefined()
  const spoilt = { ...jwkOf('rsa'), n: 'AQAB' }
  expect(await jweEncrypter.encrypt('a.b.c', [spoilt], header)).toBeUndefined()
})

test('rfc8037 section 3.2.1: a key of X25519 is agreed upon with one of the same curve', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  const key = { ...(publicKey.export({ format: 'jwk' }) as PublicJwk), use: 'enc' }
  const header = { alg: 'ECDH-ES', enc: 'A128GCM' } as const
  const jwe = (await jweEncrypter.encrypt('a.b.c', [key], header)) ?? ''
  expect(decodeProtectedHeader(jwe)).toMatchObject({ epk: { kty: 'OKP', crv: 'X25519' } })
  expect(Buffer.from((await compactDecrypt(jwe, privateKey)).plaintext).toString()).toBe('a.b.c')
})

test.each(['00', '01'])(
  'rfc8037 section 4: nothing is agreed upon with a point of small order: %s',
  async (first) => {
    const x = Buffer.from(first.padEnd(64, '0'), 'hex').toString('base64url')
    const header = { alg: 'ECDH-ES', enc: 'A128GCM' } as const
    const key = { kty: 'OKP', crv: 'X25519', x, use: 'enc' }
    expect(await jweEncrypter.encrypt('a.b.c', [key], header)).toBeUndefined()
  },
)

test('rfc8725 section 3.6: nothing is compressed before it is encrypted', async () => {
  for (const header of combinations) {
    const jwe = (await jweEncrypter.encrypt('x'.repeat(1000), keys, header)) ?? ''
    expect(decodeProtectedHeader(jwe)).not.toHaveProperty('zip')
    expect(jwe.split('.')[3]?.length).toBeGreaterThan(1300)
  }
})

test('rfc7516 section 4.1 and 7.1: five parts, and all of the header is protected', async () => {
  const jwe = (await jweEncrypter.encrypt('{}', keys, { alg: 'RSA-OAEP', enc: 'A128GCM' })) ?? ''
  expect(jwe).toMatch(/^[\w-]+(\.[\w-]+){4}$/)
  const [head = '', ...rest] = jwe.split('.')
  const changed = Buffer.from(JSON.stringify({ ...decodeProtectedHeader(jwe), x: 1 }))
  expect(changed.toString('base64url')).not.toBe(head)
  const spoilt = [changed.toString('base64url'), ...rest].join('.')
  await expect(compactDecrypt(spoilt, pairs.rsa.privateKey)).rejects.toThrow()
})

test('rfc7518 section 8.4: no content key and no initialization vector is used twice', async () => {
  const header = { alg: 'ECDH-ES+A128KW', enc: 'A256GCM' } as const
  const made = await Promise.all(
    Array.from({ length: 20 }, () => jweEncrypter.encrypt('{}', keys, header)),
  )
  const parts = made.map((jwe) => jwe?.split('.') ?? [])
  for (const at of [1, 2]) expect(new Set(parts.map((part) => part[at])).size).toBe(20)
})

test('rfc7519 section 5.2: only a nested JWT has a content type', async () => {
  const header = { alg: 'ECDH-ES', enc: 'A256GCM' } as const
  const jwe = (await jweEncrypter.encrypt('{}', keys, header)) ?? ''
  expect(decodeProtectedHeader(jwe)).not.toHaveProperty('cty')
})
