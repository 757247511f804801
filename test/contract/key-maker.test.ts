import { expect, test } from 'vitest'
import { thumbprintOf } from '#shared/jose/public-jwk.ts'
import { anyKeyWorld } from './support/keys.ts'
import { anyTenantId } from './support/samples.ts'

test('custody kms: each key is a KMS key of its own, whose kid is its thumbprint', async () => {
  const { keyMaker } = anyKeyWorld()
  const tenant = anyTenantId()
  const keys = [1, 2].map(() => keyMaker.createSigningKey(tenant, 'RS256', 'kms'))
  const [one, other] = await Promise.all(keys)
  expect(one).toMatchObject({ tenant, custody: 'kms', state: 'pending' })
  expect(one?.kid).toBe(thumbprintOf(one?.publicKey ?? ''))
  expect(one?.kid).not.toBe(other?.kid)
})

test('custody kms: a new key that KMS has not heard of everywhere is asked for again', async () => {
  const { keyMaker, kms } = anyKeyWorld()
  const making = keyMaker.createSigningKey(anyTenantId(), 'RS256', 'kms')
  kms.operations.length = 0
  while (!kms.operations.includes('CreateKey')) await Promise.resolve()
  kms.failures.push('NotFoundException')
  expect((await making).custody).toBe('kms')
  expect(kms.operations).toEqual(['CreateKey', 'GetPublicKey', 'GetPublicKey'])
})

test('a discarded KMS key is deleted once; the one that the stack declares stays', async () => {
  const { keyMaker, declaredKey, kms } = anyKeyWorld()
  const made = await keyMaker.createSigningKey(anyTenantId(), 'RS256', 'kms')
  const wrapped = await keyMaker.createSigningKey(anyTenantId(), 'RS256', 'kms-wrapped')
  const declared = await declaredKey.adopt(anyTenantId(), 'RS256')
  kms.operations.length = 0
  for (const key of [made, made, wrapped, declared]) await keyMaker.discard(key)
  expect(kms.operations).toEqual(['ScheduleKeyDeletion', 'ScheduleKeyDeletion'])
})
