import { compactVerify, createLocalJWKSet, decodeProtectedHeader, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { type SigningAlgorithm, signingAlgorithms } from '#shared/jose/algorithms.ts'
import { publicJwk, thumbprintOf } from '#shared/jose/public-jwk.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import type { Custody, Tenant } from '#shared/tenant/tenant.ts'
import { anyKeyWorld } from './support/keys.ts'
import { anyTenant } from './support/samples.ts'

const lines = signingAlgorithms.flatMap((algorithm) => [
  { algorithm, custody: 'kms' } as const,
  { algorithm, custody: 'kms-wrapped' } as const,
])

/** A world in which the tenant has one active key. */
async function worldOf(custody: Custody, algorithm: SigningAlgorithm = 'RS256') {
  const world = anyKeyWorld()
  const { settings, ...facts } = anyTenant()
  const tenant = { ...facts, settings: { ...settings, signingAlgorithms: [algorithm] } }
  const pending = await world.keyMaker.createSigningKey(tenant.id, algorithm, custody)
  const key = { ...pending, state: 'active' } as const
  world.stored.signing.push(key)
  return { ...world, ...world.instance(), tenant, key, claims: { iss: tenant.issuer, sub: 'ada' } }
}

/** The token with one part of it replaced. */
const withPart = (token: string, index: number, part: string): string =>
  token.split('.').with(index, part).join('.')

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

test.each(lines)(
  'rfc7515 section 5: $algorithm in $custody: what is signed verifies for us and for any JOSE library',
  async ({ algorithm, custody }) => {
    const { signer, verifier, tenant, key, claims } = await worldOf(custody, algorithm)
    const long = { ...claims, padding: 'x'.repeat(5000) }
    const token = await signer.sign(tenant, { typ: 'at+jwt' }, long)
    expect(decodeProtectedHeader(token)).toEqual({ alg: algorithm, kid: key.kid, typ: 'at+jwt' })
    expect(await verifier.verify(tenant, 'at+jwt', token)).toEqual(long)
    const { payload } = await compactVerify(token, createLocalJWKSet({ keys: [publicJwk(key)] }))
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(long)
  },
)

test('custody kms: EdDSA is kept wrapped, for KMS signs no long message with it', async () => {
  expect((await worldOf('kms', 'EdDSA')).key.custody).toBe('kms-wrapped')
  expect((await worldOf('kms', 'ML-DSA-44')).key.custody).toBe('kms')
})

test('rfc8725 section 3.1: a key verifies with its own algorithm only, though it could with another', async () => {
  const { signer, verifier, tenant, key, claims, stored, instance } = await worldOf(
    'kms-wrapped',
    'PS256',
  )
  const token = await signer.sign(tenant, { typ: 'JWT' }, claims)
  expect(await verifier.verify(tenant, 'JWT', token)).toEqual(claims)
  stored.signing.splice(0, 1, { ...key, algorithm: 'RS256' })
  expect(await instance().verifier.verify(tenant, 'JWT', token)).toBeUndefined()
})

test('the algorithm that is asked for signs, without a word the default, another never', async () => {
  const { stored, keyMaker, tenant, key, claims, instance } = await worldOf('kms-wrapped', 'ES256')
  const pending = await keyMaker.createSigningKey(tenant.id, 'ML-DSA-44', 'kms')
  stored.signing.push(pending)
  const settings = { ...tenant.settings, signingAlgorithms: ['ES256', 'ML-DSA-44'] as const }
  const both = { ...tenant, settings }
  const { signer } = instance()
  const signed = async (alg?: SigningAlgorithm) =>
    decodeProtectedHeader(await signer.sign(both, { typ: 'JWT', ...(alg && { alg }) }, claims)).kid
  expect(await signed()).toBe(key.kid)
  expect(await signed('ES256')).toBe(key.kid)
  expect(await signed('ML-DSA-44')).toBe(pending.kid)
  await expect(signed('RS256')).rejects.toThrow('no signing key for RS256')
})

test('custody kms: every signature is one call, and the payload never leaves', async () => {
  const { signer, tenant, claims, kms } = await worldOf('kms')
  kms.operations.length = 0
  for (let count = 0; count < 3; count += 1) await signer.sign(tenant, { typ: 'JWT' }, claims)
  expect(kms.operations).toEqual(['Sign', 'Sign', 'Sign'])
})

test('custody kms-wrapped: the private key is unwrapped once', async () => {
  const { signer, tenant, claims, kms } = await worldOf('kms-wrapped')
  kms.operations.length = 0
  await Promise.all(Array.from({ length: 10 }, () => signer.sign(tenant, { typ: 'JWT' }, claims)))
  expect(kms.operations).toEqual(['Decrypt'])
})

test.each(['RS256', 'ES256', 'ML-DSA-44'] as const)(
  'rfc7638 section 3: the kid of a KMS key of %s is its thumbprint',
  async (algorithm) => {
    const { key } = await worldOf('kms', algorithm)
    expect(key.kid).toBe(thumbprintOf(key.publicKey))
  },
)

test('custody kms-wrapped: a key moved to another tenant cannot be unwrapped', async () => {
  const { stored, key, instance } = await worldOf('kms-wrapped')
  const thief = anyTenant()
  stored.signing.push({ ...key, tenant: thief.id })
  await expect(instance().signer.sign(thief, { typ: 'JWT' }, {})).rejects.toThrow()
})

test('the newest active key signs; keys that retire still verify', async () => {
  const { stored, tenant, claims, keyMaker, key, instance, wait } = await worldOf('kms-wrapped')
  const token = await instance().signer.sign(tenant, { typ: 'JWT' }, claims)
  wait(10)
  const pending = await keyMaker.createSigningKey(tenant.id, 'RS256', 'kms-wrapped')
  const next = { ...pending, state: 'active' } as const
  stored.signing.splice(0, 1, { ...key, state: 'retiring' }, next)
  const later = instance()
  expect(decodeProtectedHeader(await later.signer.sign(tenant, { typ: 'JWT' }, claims)).kid).toBe(
    next.kid,
  )
  expect(await later.verifier.verify(tenant, 'JWT', token)).toEqual(claims)
  stored.signing.splice(0, 1, { ...key, state: 'retired' })
  expect(await instance().verifier.verify(tenant, 'JWT', token)).toBeUndefined()
})

test('an unknown kid makes the verifier look again, but not at every stranger', async () => {
  const { stored, tenant, claims, keyMaker, instance, wait, verifier, signer } =
    await worldOf('kms-wrapped')
  await verifier.verify(tenant, 'JWT', await signer.sign(tenant, { typ: 'JWT' }, claims))
  wait(10)
  const next = await keyMaker.createSigningKey(tenant.id, 'RS256', 'kms-wrapped')
  stored.signing.push({ ...next, state: 'active' })
  const token = await instance().signer.sign(tenant, { typ: 'JWT' }, claims)
  expect(await verifier.verify(tenant, 'JWT', token)).toEqual(claims)
  stored.lists = 0
  const stranger = withPart(token, 0, encoded({ alg: 'RS256', kid: 'unknown', typ: 'JWT' }))
  for (let count = 0; count < 20; count += 1) await verifier.verify(tenant, 'JWT', stranger)
  expect(stored.lists).toBe(0)
})

test('a tenant without an active key cannot sign', async () => {
  const { instance } = anyKeyWorld()
  await expect(instance().signer.sign(anyTenant(), { typ: 'JWT' }, {})).rejects.toThrow(
    'no signing key',
  )
})

test('back-pressure of KMS is the store being unavailable, with nothing committed', async () => {
  const { signer, tenant, claims, kms } = await worldOf('kms')
  kms.failures.push(...Array.from({ length: 3 }, () => 'ThrottlingException'))
  await expect(signer.sign(tenant, { typ: 'JWT' }, claims)).rejects.toSatisfy(
    (error) => error instanceof StoreUnavailable && error.committed === 'no',
  )
  expect(await signer.sign(tenant, { typ: 'JWT' }, claims)).toBeTypeOf('string')
})

test.each<[string, (token: string, tenant: Tenant) => string]>([
  [
    'rfc8725 section 3.1: alg none',
    (token) =>
      withPart(
        withPart(token, 2, ''),
        0,
        encoded({ alg: 'none', kid: decodeProtectedHeader(token).kid, typ: 'JWT' }),
      ),
  ],
  [
    'another algorithm of the same key',
    (token) => withPart(token, 0, encoded({ ...decodeProtectedHeader(token), alg: 'RS512' })),
  ],
  [
    'rfc8725 section 3.11: another typ',
    (token) => withPart(token, 0, encoded({ ...decodeProtectedHeader(token), typ: 'at+jwt' })),
  ],
  ['no kid', (token) => withPart(token, 0, encoded({ alg: 'RS256', typ: 'JWT' }))],
  [
    'rfc7515 section 4.1.11: an unknown critical header',
    (token) => withPart(token, 0, encoded({ ...decodeProtectedHeader(token), crit: ['x'], x: 1 })),
  ],
  [
    'a changed payload',
    (token, { issuer }) => withPart(token, 1, encoded({ iss: issuer, sub: 'eve' })),
  ],
  ['a cut signature', (token) => token.slice(0, -2)],
  ['two parts', (token) => token.split('.').slice(0, 2).join('.')],
  ['garbage', () => 'garbage'],
  ['nothing', () => ''],
])('refused: %s', async (_, tamper) => {
  const { signer, verifier, tenant, claims } = await worldOf('kms-wrapped')
  const token = await signer.sign(tenant, { typ: 'JWT' }, claims)
  expect(await verifier.verify(tenant, 'JWT', token)).toEqual(claims)
  expect(await verifier.verify(tenant, 'JWT', tamper(token, tenant))).toBeUndefined()
})

test('refused: a token of another tenant, another issuer, another type, or without an issuer', async () => {
  const { signer, verifier, tenant, claims } = await worldOf('kms-wrapped')
  const token = await signer.sign(tenant, { typ: 'JWT' }, claims)
  expect(await verifier.verify(anyTenant(), 'JWT', token)).toBeUndefined()
  expect(
    await verifier.verify({ ...tenant, issuer: `${tenant.issuer}/` }, 'JWT', token),
  ).toBeUndefined()
  expect(await verifier.verify(tenant, 'at+jwt', token)).toBeUndefined()
  const anonymous = await signer.sign(tenant, { typ: 'JWT' }, { sub: 'ada' })
  expect(await verifier.verify(tenant, 'JWT', anonymous)).toBeUndefined()
})

test('rfc8725 section 2.1: the public key is no HMAC secret', async () => {
  const { verifier, tenant, key, claims } = await worldOf('kms-wrapped')
  const forged = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid: key.kid, typ: 'JWT' })
    .sign(Buffer.from(key.publicKey))
  expect(await verifier.verify(tenant, 'JWT', forged)).toBeUndefined()
})

test('an expired token verifies: its expiry is the business of the caller', async () => {
  const { signer, verifier, tenant, claims } = await worldOf('kms-wrapped')
  const expired = { ...claims, exp: 1 }
  const token = await signer.sign(tenant, { typ: 'JWT' }, expired)
  expect(await verifier.verify(tenant, 'JWT', token)).toEqual(expired)
})
