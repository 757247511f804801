import { expect, test } from 'vitest'
import { keyIdOf } from '#shared/keys/sealing.ts'
import type { SealingKind } from '#shared/keys/sealing-key.ts'
import { anyKeyWorld } from './support/keys.ts'
import { anyTenantId } from './support/samples.ts'

const tenant = anyTenantId()
const content = { client: 'web', scopes: ['openid'], name: 'Zoë' }

/** A world with one settled sealing key of each of the kinds. */
async function worldWith(...kinds: readonly SealingKind[]) {
  const world = anyKeyWorld()
  for (const kind of kinds) world.stored.sealing.push(await world.keyMaker.createSealingKey(kind))
  world.wait(3600)
  world.kms.operations.length = 0
  return { ...world, ...world.instance() }
}

test('what one instance sealed another opens', async () => {
  const { sealer, instance } = await worldWith('code')
  const sealed = await sealer.seal('code', tenant, content)
  expect(sealed).toMatch(/^[\w-]+\.[\w-]+$/)
  expect(await instance().sealer.open('code', tenant, sealed)).toEqual(content)
})

test('equal contents are sealed to equal texts where that is asked for, and only there', async () => {
  const { sealer, instance } = await worldWith('refresh')
  const token = await sealer.sealDeterministically('refresh', tenant, content)
  expect(await instance().sealer.sealDeterministically('refresh', tenant, content)).toBe(token)
  expect(await sealer.open('refresh', tenant, token)).toEqual(content)
  expect(await sealer.seal('refresh', tenant, content)).not.toBe(token)
})

test('what was sealed for another tenant or another kind is nothing', async () => {
  const { sealer } = await worldWith('code', 'interaction')
  const sealed = await sealer.seal('code', tenant, content)
  expect(await sealer.open('code', anyTenantId(), sealed)).toBeUndefined()
  expect(await sealer.open('interaction', tenant, sealed)).toBeUndefined()
})

test.each(['', '.', 'garbage', 'a.b', '\ud800.x', `${'x'.repeat(10_000)}.y`])(
  'garbage is nothing, and makes nobody look twice: %j',
  async (garbage) => {
    const { sealer, stored, kms } = await worldWith('code')
    for (let count = 0; count < 5; count += 1) {
      expect(await sealer.open('code', tenant, garbage)).toBeUndefined()
    }
    expect(stored.lists).toBeLessThanOrEqual(1)
    expect(kms.operations).toEqual([])
  },
)

test('a key is unwrapped once', async () => {
  const { sealer, kms } = await worldWith('code')
  await Promise.all(Array.from({ length: 10 }, () => sealer.seal('code', tenant, content)))
  expect(kms.operations).toEqual(['Decrypt'])
})

test('a key stored under another kind cannot be unwrapped', async () => {
  const { stored, instance } = await worldWith('code')
  stored.sealing.push(...stored.sealing.map((key) => ({ ...key, kind: 'refresh' as const })))
  await expect(instance().sealer.seal('refresh', tenant, content)).rejects.toThrow()
})

test('a new key is used once it has settled, and the one before still opens', async () => {
  const { sealer, stored, keyMaker, wait } = await worldWith('code')
  const before = await sealer.seal('code', tenant, content)
  const next = await keyMaker.createSealingKey('code')
  stored.sealing.push(next)
  wait(59)
  expect(keyIdOf(await sealer.seal('code', tenant, content))).toBe(keyIdOf(before))
  wait(1)
  expect(keyIdOf(await sealer.seal('code', tenant, content))).toBe(next.id)
  expect(await sealer.open('code', tenant, before)).toEqual(content)
})

test('the first key of a deployment is used at once', async () => {
  const { keyMaker, stored, instance } = anyKeyWorld()
  const { sealer } = instance()
  await expect(sealer.seal('code', tenant, content)).rejects.toThrow('no sealing key')
  stored.sealing.push(await keyMaker.createSealingKey('code'))
  const sealed = await instance().sealer.seal('code', tenant, content)
  expect(await instance().sealer.open('code', tenant, sealed)).toEqual(content)
})
