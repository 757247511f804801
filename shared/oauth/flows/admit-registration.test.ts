import { beforeEach, expect, test } from 'vitest'
import type { SelfRegistration } from '#shared/tenant/self-registration.ts'
import { clientId, now, tenant } from '../../../test/support/builders.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { admit, spend } from './admit-registration.ts'

const [address, elsewhere] = ['192.0.2.1', '203.0.113.1']

function world() {
  const { attempts } = inMemoryStore()
  const random = { id: () => 'id', token: () => 'token', bytes: () => new Uint8Array() }
  const initialAccessTokens = { find: async () => undefined, use: async () => 'used' as const }
  return { attempts, random, initialAccessTokens }
}

let here = world()
beforeEach(() => {
  here = world()
})

async function register(
  selfRegistration: SelfRegistration,
  statement: string | undefined,
  from: string,
) {
  const at = tenant({ settings: { ...tenant().settings, selfRegistration } })
  const request = { metadata: {}, statement, initialAccessToken: undefined, address: from }
  const admission = await admit(here)(at, request, now)
  await spend(here)(at, admission, { client: clientId, address: from, now })
}

const times = (count: number, run: () => Promise<void>) =>
  Promise.allSettled(Array.from({ length: count }, run))

test.each([
  ['by anybody', 'open', undefined],
  ['by a statement, which every copy of the software has', 'restricted', 'e30.e30.AA'],
] as const)(
  'rfc7591 section 5: one network registers %s only so often',
  async (_, endpoint, jwt) => {
    const outcomes = await times(60, () => register({ endpoint }, jwt, address))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
    await expect(register({ endpoint }, jwt, address)).rejects.toMatchObject({
      code: 'temporarily_unavailable',
    })
    await expect(register({ endpoint }, jwt, elsewhere)).resolves.toBeUndefined()
  },
)
