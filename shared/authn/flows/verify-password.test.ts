import { beforeEach, describe, expect, test } from 'vitest'
import type { User } from '#shared/directory/user.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { countingRandom, now, tenant, user, userId } from '../../../test/support/builders.ts'
import { phcOf, plainHasher } from '../../../test/support/fake-ports.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { failureKeys, maximalAccountFailures, maximalAddressFailures } from '../throttle.ts'
import { verifyPassword } from './verify-password.ts'

const address = '203.0.113.9'

function world(users: User[] = [user()]) {
  const passwords = users.map(({ tenant, id }) => ({
    tenant,
    user: id,
    phc: phcOf('right'),
    changedAt: now,
  }))
  const store = inMemoryStore({ users, passwords })
  const passwordHasher = plainHasher()
  const verify = verifyPassword({ ...store, passwordHasher, random: countingRandom() })
  const attempt = (userName: string, password: string) =>
    verify(tenant(), { userName, password: new Secret(password), address }, now)
  return { ...store, passwordHasher, attempt }
}

let here = world()
beforeEach(() => {
  here = world()
})

test('the right password tells who it is, and writes nothing', async () => {
  expect(await here.attempt('ada', 'right')).toEqual({ kind: 'verified', user: userId })
  expect(await here.attempt('ADA', 'right')).toEqual({ kind: 'verified', user: userId })
  expect(here.kept.events).toEqual([])
})

describe('owasp asvs 5.0: known, unknown and disabled users cannot be told apart', () => {
  const cases = [
    ['a wrong password', [user()], 'ada', 'wrong'],
    ['an unknown user', [user()], 'bob', 'right'],
    ['a disabled user', [user({ active: false })], 'ada', 'right'],
    ['no user name at all', [user()], '', 'right'],
  ] as const

  test.each(cases)('%s: the same answer', async (_, users, userName, password) => {
    expect(await world([...users]).attempt(userName, password)).toEqual({ kind: 'wrong' })
  })

  test.each(cases)('%s: as many hashes', async (_, users, userName, password) => {
    const { attempt, passwordHasher } = world([...users])
    await attempt(userName, password)
    expect(passwordHasher.verified()).toBe(1)
  })

  test.each(cases)('%s: as many reads', async (_, users, userName, password) => {
    const reads: string[] = []
    const store = inMemoryStore({ users: [...users] })
    const ports = {
      ...store,
      passwordHasher: plainHasher(),
      random: countingRandom(),
      passwords: { find: async () => void reads.push('password') },
      users: { ...store.users, find: async () => void reads.push('user') },
    }
    await verifyPassword(ports)(
      tenant(),
      { userName, password: new Secret(password), address },
      now,
    )
    expect(reads).toEqual(['password', 'user'])
  })

  test.each(cases)(
    '%s: the same event, which names nobody',
    async (_, users, userName, password) => {
      const { attempt, kept } = world([...users])
      await attempt(userName, password)
      expect(kept.events).toEqual([
        {
          id: expect.any(String),
          time: now,
          activity: 'sign-in-failed',
          address,
          rule: 'authn/password/wrong',
        },
      ])
    },
  )
})

describe('nist sp 800-63b-4 section 3.2.2: failures are limited', () => {
  const fill = (failures: number, counter: 'account' | 'address') => {
    here.kept.failures[failureKeys('ada', address)[counter]] = failures
  }

  test('after the last failure not even the right password passes, and nothing is hashed', async () => {
    for (let failure = 0; failure < maximalAccountFailures; failure += 1) {
      expect(await here.attempt('ada', `guess ${failure}`)).toEqual({ kind: 'wrong' })
    }
    const hashed = here.passwordHasher.verified()
    expect(await here.attempt('ada', 'right')).toEqual({ kind: 'throttled' })
    expect(here.passwordHasher.verified()).toBe(hashed)
  })

  test('who is throttled writes nothing more', async () => {
    fill(maximalAddressFailures, 'address')
    expect(await here.attempt('ada', 'wrong')).toEqual({ kind: 'throttled' })
    expect(here.kept.events).toEqual([])
  })

  test('one failure less is not yet too many', async () => {
    fill(maximalAccountFailures - 1, 'account')
    fill(maximalAddressFailures - 1, 'address')
    expect(await here.attempt('ada', 'right')).toMatchObject({ kind: 'verified' })
  })

  test('an unknown user is throttled like a known one', async () => {
    here.kept.failures[failureKeys('bob', address).account] = maximalAccountFailures
    expect(await here.attempt('bob', 'x')).toEqual({ kind: 'throttled' })
  })

  test.each([
    ['right', true],
    ['wrong', false],
  ])(
    'a %s guess hidden in a burst is turned away past the limit, and told like any other',
    async (_, isRight) => {
      const { passwordHasher, ...store } = here
      const slow = {
        ...passwordHasher,
        verify: async () => {
          fill(maximalAccountFailures, 'account')
          return isRight
        },
      }
      const verify = verifyPassword({ ...store, passwordHasher: slow, random: countingRandom() })
      const attempt = { userName: 'ada', password: new Secret('guess'), address }
      expect(await verify(tenant(), attempt, now)).toEqual({ kind: 'throttled' })
    },
  )
})
