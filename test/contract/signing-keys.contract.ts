import { expect, test } from 'vitest'
import { type EpochSeconds, epochSeconds, plus } from '#shared/kernel/time.ts'
import { signingKeyTimes } from '#shared/keys/key-times.ts'
import type { SigningKeys } from '#shared/ports/repositories/signing-keys.ts'
import {
  anyEvent,
  anyKmsKeyArn,
  anySigningKey,
  anyTenantId,
  later,
  now,
} from './support/samples.ts'
import { concurrently, countOf, type Subject } from './support/subject.ts'

const event = anyEvent({ activity: 'key-created' })
const wrapped = { wrappedPrivateKey: Uint8Array.of(1, 2, 3) }

export function signingKeysContract({ sound, losingAnAnswer }: Subject<SigningKeys>): void {
  test('AP-25: a tenant without keys has none', async () => {
    expect(await sound().list(anyTenantId())).toEqual([])
  })

  test('AP-26: created keys of both custodies are listed as they were created', async () => {
    const tenant = anyTenantId()
    const keys = [anySigningKey(tenant, wrapped), anySigningKey(tenant, { keyArn: anyKmsKeyArn() })]
    for (const key of keys) {
      expect(await sound().create(key, event)).toEqual({ kind: 'created' })
    }
    const listed = await sound().list(tenant)
    expect(listed).toHaveLength(2)
    expect(listed).toEqual(expect.arrayContaining(keys))
  })

  test('AP-25: a retired key is not listed', async () => {
    const tenant = anyTenantId()
    await sound().create({ ...anySigningKey(tenant, wrapped), state: 'retired' }, event)
    expect(await sound().list(tenant)).toEqual([])
  })

  test('AP-26: a KMS key that another issuer uses is taken, and nothing is stored', async () => {
    const keyArn = anyKmsKeyArn()
    const [first, second] = [anyTenantId(), anyTenantId()]
    await sound().create(anySigningKey(first, { keyArn }), event)
    const creation = await sound().create(anySigningKey(second, { keyArn }), event)
    expect(creation).toEqual({ kind: 'key-taken' })
    expect(await sound().list(second)).toEqual([])
  })

  test('AP-26: of 50 issuers that want one KMS key exactly one gets it', async () => {
    const keyArn = anyKmsKeyArn()
    const outcomes = await concurrently(50, () =>
      sound().create(anySigningKey(anyTenantId(), { keyArn }), event),
    )
    expect(countOf(outcomes, 'created')).toBe(1)
    expect(countOf(outcomes, 'key-taken')).toBe(49)
  })

  test('AP-26: creating the same key again changes nothing', async () => {
    const tenant = anyTenantId()
    const key = anySigningKey(tenant, { keyArn: anyKmsKeyArn() })
    await sound().create(key, event)
    expect(await sound().create({ ...key, state: 'retiring' }, event)).toEqual({ kind: 'created' })
    expect(await sound().list(tenant)).toEqual([key])
  })

  test('AP-26: a retry after a lost answer is success', async () => {
    const key = anySigningKey(anyTenantId(), { keyArn: anyKmsKeyArn() })
    expect(await losingAnAnswer().create(key, event)).toEqual({ kind: 'created' })
  })

  test('AP-30: a key takes over and the one before it retires, together', async () => {
    const tenant = anyTenantId()
    const old = anySigningKey(tenant, wrapped)
    const next = { ...anySigningKey(tenant, wrapped), state: 'pending' } as const
    for (const key of [old, next]) await sound().create(key, event)
    const transitions = [
      { key: next, to: 'active', event },
      { key: old, to: 'retiring', event },
    ] as const
    expect(await losingAnAnswer().move(transitions, later)).toEqual({ kind: 'moved' })
    const listed = await sound().list(tenant)
    expect(listed).toHaveLength(2)
    expect(listed).toEqual(
      expect.arrayContaining([
        { ...next, state: 'active', stateSince: later },
        { ...old, state: 'retiring', stateSince: later },
      ]),
    )
    expect(await sound().move(transitions, later)).toEqual({ kind: 'overtaken' })
  })

  test('AP-30: of 20 concurrent moves of one key exactly one happens', async () => {
    const key = { ...anySigningKey(anyTenantId(), wrapped), state: 'pending' } as const
    await sound().create(key, event)
    const moves = await concurrently(20, () => sound().move([{ key, to: 'active', event }], now))
    expect(countOf(moves, 'moved')).toBe(1)
  })

  test('AP-30: a retired key is gone, and so is its private half', async () => {
    const key = anySigningKey(anyTenantId(), wrapped)
    await sound().create(key, event)
    await sound().move([{ key, to: 'retired', event }], now)
    expect(await sound().list(key.tenant)).toEqual([])
    expect(await sound().move([{ key, to: 'retiring', event }], now)).toEqual({ kind: 'overtaken' })
  })

  test('AP-31: a tenant is due when its newest key has something to do, or as it was appointed', async () => {
    const key = { ...anySigningKey(anyTenantId(), wrapped), state: 'pending' } as const
    await sound().create(key, event)
    const isDue = async (moment: EpochSeconds) => (await sound().due(moment)).includes(key.tenant)
    expect(await isDue(now)).toBe(false)
    expect(await isDue(plus(now, signingKeyTimes.pending))).toBe(true)
    await sound().appoint(key.tenant, epochSeconds(later + 86_400))
    expect(await isDue(plus(now, signingKeyTimes.pending))).toBe(false)
    expect(await isDue(epochSeconds(later + 86_400))).toBe(true)
  })
}
