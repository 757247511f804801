import { expect, test } from 'vitest'
import { epochSeconds } from '#shared/kernel/time.ts'
import { client, countingRandom, now, tenant } from '../../../test/support/builders.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import type { Client } from '../client/client.ts'
import type { StrangersWork } from '../client/stranger-throttle.ts'
import { admitStranger } from './admit-stranger.ts'

const stranger = client({ dynamicRegistration: { tokenHash: 'h', issuedAt: epochSeconds(0) } })

function world() {
  const { attempts, kept } = inMemoryStore()
  const admit = async (
    by: Client = stranger,
    work: StrangersWork = 'token',
    address = '203.0.113.9',
  ) => {
    const ports = { attempts, random: countingRandom() }
    await admitStranger(ports)({ tenant: tenant(), client: by, address, now }, work)
  }
  const exhaust = async () => {
    for (let request = 0; request < 100; request++) await admit()
  }
  return { kept, admit, exhaust }
}

test('rfc6585 section 4: the next request after a hundred from one network is one too many', async () => {
  const { admit, exhaust } = world()
  await exhaust()
  await expect(admit()).rejects.toMatchObject({ status: 429, code: 'temporarily_unavailable' })
  await expect(admit(stranger, 'token', '203.0.113.10')).resolves.toBeUndefined()
  await expect(admit(stranger, 'pushed-request')).resolves.toBeUndefined()
})

test('rfc7591 section 5: who has been turned away has nothing more written', async () => {
  const { admit, exhaust, kept } = world()
  await exhaust()
  const { length } = kept.events
  await expect(admit()).rejects.toMatchObject({ status: 429 })
  expect(kept.events).toHaveLength(length)
})

test('a client that somebody answers for is not counted at all', async () => {
  const { admit, kept } = world()
  await admit(client())
  expect(kept.events).toEqual([])
})
