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
  'rfc7516 section 5.1: $alg with $enc: the client alone decrypts',
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

test('rfc7519 section 5.2: only a nested JWT has a content type', async () => {
  const header = { alg: 'ECDH-ES', enc: 'A256GCM' } as const
  const jwe = (await jweEncrypter.encrypt('{}', keys, header)) ?? ''
  expect(decodeProtectedHeader(jwe)).not.toHaveProperty('cty')
})
