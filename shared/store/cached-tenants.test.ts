import { expect, test } from 'vitest'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { inSeconds, now, tenant } from '../../test/support/builders.ts'
import { cachedTenants } from './cached-tenants.ts'

function world(kept: Tenant | undefined = tenant()) {
  const looked: string[] = []
  const state: { kept: Tenant | undefined; now: EpochSeconds } = { kept, now }
  const tenants = {
    find: async (id: TenantId) => {
      looked.push(id)
      return state.kept && { ...state.kept, id }
    },
    save: () => Promise.reject(new Error('nobody saves here')),
  }
  const cache = cachedTenants(tenants, { now: () => state.now })
  return { state, looked, find: (id: string = 'acme') => cache.find(trusted<TenantId>(id)) }
}

test('a tenant is looked up once while it is remembered', async () => {
  const { find, looked } = world()
  expect(await find()).toEqual(tenant())
  expect(await find()).toEqual(tenant())
  expect(looked).toEqual(['acme'])
})

test('a changed setting is seen everywhere within half a minute', async () => {
  const { find, state } = world()
  await find()
  state.kept = tenant({ displayName: 'Acme Ltd' })
  state.now = inSeconds(29)
  expect(await find()).toHaveProperty('displayName', 'Acme')
  state.now = inSeconds(30)
  expect(await find()).toHaveProperty('displayName', 'Acme Ltd')
})

test('a tenant that was removed is forgotten likewise', async () => {
  const { find, state } = world()
  await find()
  state.kept = undefined
  state.now = inSeconds(30)
  expect(await find()).toBeUndefined()
})

test('an unknown tenant is looked up every time, so that a new one is there at once', async () => {
  const { find, state, looked } = world()
  state.kept = undefined
  expect(await find()).toBeUndefined()
  state.kept = tenant()
  expect(await find()).toEqual(tenant())
  expect(looked).toHaveLength(2)
})

test('one tenant is never answered for another', async () => {
  const { find } = world()
  expect(await find('acme')).toHaveProperty('id', 'acme')
  expect(await find('other')).toHaveProperty('id', 'other')
})

test('what is remembered has a bound', async () => {
  const { find, looked } = world()
  for (let count = 0; count <= 1000; count += 1) await find(`t${count}`)
  await find('t0')
  expect(looked).toHaveLength(1002)
  await find('t1000')
  expect(looked).toHaveLength(1002)
})
