import { expect, test } from 'vitest'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { epochSeconds, plus, seconds } from '#shared/kernel/time.ts'
import { longestTokenLifetime } from '#shared/tenant/lifetime-bounds.ts'
import { custodyOf, newestKeyOf, signingKeyOf } from './key-line.ts'
import {
  hastyPending,
  keyRingLifetime,
  keySetLifetime,
  longestKeySetLifetime,
  signingKeyTimes,
} from './key-times.ts'
import { isAsWished, nextRotationAt, planRotation, type RotationStep } from './rotation.ts'
import type { KeyState, SigningKey } from './signing-key.ts'

const start = epochSeconds(1_800_000_000)
const after = (duration: number) => plus(start, seconds(duration))
const { pending, active, retiring } = signingKeyTimes

const keyOf = (kid: string, state: KeyState, more: Partial<SigningKey> = {}): SigningKey => ({
  tenant: trusted<TenantId>('acme'),
  kid,
  algorithm: 'RS256',
  state,
  publicKey: 'MA==',
  createdAt: start,
  stateSince: start,
  ...more,
  custody: 'kms-wrapped',
  wrappedPrivateKey: Uint8Array.of(1),
})

const wish = { custody: 'kms-wrapped', signingAlgorithms: ['RS256'] } as const
const demand = { ...wish, demanded: wish.signingAlgorithms }

/** Steps as words: the kind, and the keys that it concerns. */
const words = (steps: readonly RotationStep[]): readonly string[] =>
  steps.map((step) => {
    if (step.kind === 'create') return `create ${step.algorithm} in ${step.custody}`
    if (step.kind !== 'activate') return `${step.kind} ${step.key.kid}`
    return `activate ${step.key.kid} for ${step.replaced.map(({ kid }) => kid).join()}`
  })

test('a young active key has nothing to be done', () => {
  expect(planRotation([keyOf('a', 'active')], start, wish)).toEqual([])
  expect(nextRotationAt([keyOf('a', 'active')])).toBe(after(active))
})

test('an active key gets a successor when its time is over, and when that is demanded', () => {
  const keys = [keyOf('a', 'active')]
  expect(words(planRotation(keys, after(active - 1), wish))).toEqual([])
  expect(words(planRotation(keys, after(active), wish))).toEqual(['create RS256 in kms-wrapped'])
  expect(words(planRotation(keys, start, demand))).toEqual(['create RS256 in kms-wrapped'])
})

test('another custody is a successor of another kind', () => {
  const keys = [keyOf('a', 'active')]
  expect(words(planRotation(keys, start, { ...wish, custody: 'kms' }))).toEqual([
    'create RS256 in kms',
  ])
})

test('architecture, Signing keys: a key is published for the time of every cache before its first use', () => {
  const keys = [keyOf('a', 'active'), keyOf('b', 'pending')]
  expect(pending).toBe(keySetLifetime + longestKeySetLifetime + keyRingLifetime)
  expect(words(planRotation(keys, after(pending - 1), wish))).toEqual([])
  expect(words(planRotation(keys, after(pending), wish))).toEqual(['activate b for a'])
  expect(nextRotationAt(keys)).toBe(after(pending))
})

test('architecture, Signing keys: in haste a key is published for the time of those caches that heed us', () => {
  const keys = [keyOf('a', 'active'), keyOf('b', 'pending')]
  const hasty = { ...demand, isHasty: true }
  expect(hastyPending).toBe(2 * keySetLifetime + keyRingLifetime)
  expect(words(planRotation(keys, after(hastyPending - 1), hasty))).toEqual([])
  expect(words(planRotation(keys, after(hastyPending), hasty))).toEqual(['activate b for a'])
  expect(words(planRotation(keys, after(hastyPending), demand))).toEqual([])
})

test('architecture, Signing keys: a key is published until its last token has expired', () => {
  const keys = [keyOf('a', 'retiring'), keyOf('b', 'active')]
  expect(retiring).toBeGreaterThan(keyRingLifetime + longestTokenLifetime)
  expect(words(planRotation(keys, after(retiring - 1), wish))).toEqual([])
  expect(words(planRotation(keys, after(retiring), wish))).toEqual(['retire a'])
  expect(nextRotationAt(keys)).toBe(after(retiring))
})

test('a demand while a successor waits makes no second one', () => {
  const keys = [keyOf('a', 'active'), keyOf('b', 'pending')]
  expect(planRotation(keys, start, demand)).toEqual([])
})

test('of two successors that were made at once the newest stays', () => {
  const keys = [
    keyOf('a', 'active'),
    keyOf('b', 'pending'),
    keyOf('c', 'pending', { createdAt: after(1) }),
  ]
  expect(words(planRotation(keys, start, wish))).toEqual(['retire b'])
})

test('a successor of a custody that is no longer wanted retires unused', () => {
  const keys = [keyOf('a', 'active'), keyOf('b', 'pending')]
  expect(words(planRotation(keys, start, { ...wish, custody: 'kms' }))).toEqual([
    'create RS256 in kms',
    'retire b',
  ])
})

test('a compromised key is replaced at once and retires in the next round', () => {
  const lost = { ...wish, compromised: 'a' }
  const made = keyOf('b', 'pending')
  expect(words(planRotation([keyOf('a', 'active')], start, lost))).toEqual([
    'create RS256 in kms-wrapped',
  ])
  expect(words(planRotation([keyOf('a', 'active'), made], start, lost))).toEqual([
    'activate b for a',
  ])
  expect(words(planRotation([keyOf('a', 'retiring'), keyOf('b', 'active')], start, lost))).toEqual([
    'retire a',
  ])
})

test('a compromised successor never signs', () => {
  const keys = [keyOf('a', 'active'), keyOf('b', 'pending')]
  const lost = { ...wish, compromised: 'b' }
  expect(words(planRotation(keys, after(pending), lost))).toEqual(['retire b'])
})

test('a tenant that cannot sign gets a key that signs at once', () => {
  expect(words(planRotation([], start, wish))).toEqual(['create RS256 in kms-wrapped'])
  expect(words(planRotation([keyOf('a', 'pending')], start, wish))).toEqual(['activate a for '])
})

test('the newest active key signs', () => {
  const keys = [
    keyOf('a', 'active'),
    keyOf('b', 'active', { createdAt: after(1) }),
    keyOf('c', 'pending', { createdAt: after(2) }),
  ]
  expect(signingKeyOf(keys, 'RS256')?.kid).toBe('b')
  expect(signingKeyOf([], 'RS256')).toBeUndefined()
  expect(newestKeyOf(keys, 'RS256')?.kid).toBe('c')
  expect(newestKeyOf(keys.slice(0, 2), 'RS256')?.kid).toBe('b')
  expect(nextRotationAt([])).toBeUndefined()
})

const line = (kid: string, algorithm: SigningKey['algorithm'], state: KeyState): SigningKey => ({
  ...keyOf(kid, state),
  algorithm,
})
const both = { ...wish, signingAlgorithms: ['RS256', 'ES256'] } as const

test('each algorithm has a line of its own', () => {
  const keys = [line('a', 'RS256', 'active'), line('b', 'ES256', 'active')]
  expect(planRotation(keys, start, both)).toEqual([])
  expect(words(planRotation(keys, start, { ...both, demanded: ['ES256'] }))).toEqual([
    'create ES256 in kms-wrapped',
  ])
  const next = [...keys, line('c', 'ES256', 'pending')]
  expect(words(planRotation(next, after(pending), both))).toEqual(['activate c for b'])
  expect(nextRotationAt(next)).toBe(after(pending))
})

test('a new algorithm gets a key that waits until it is known, for the tenant signs already', () => {
  const keys = [line('a', 'RS256', 'active')]
  expect(isAsWished(keys, both)).toBe(false)
  expect(words(planRotation(keys, start, both))).toEqual(['create ES256 in kms-wrapped'])
  const next = [...keys, line('b', 'ES256', 'pending')]
  expect(isAsWished(next, both)).toBe(true)
  expect(planRotation(next, start, both)).toEqual([])
  expect(words(planRotation(next, after(pending), both))).toEqual(['activate b for '])
  expect(nextRotationAt(next)).toBe(after(pending))
})

test('an algorithm that is taken away signs no more, and its keys stay as long as its tokens', () => {
  const keys = [
    line('a', 'RS256', 'active'),
    line('b', 'ES256', 'active'),
    line('c', 'ES256', 'pending'),
  ]
  expect(isAsWished(keys, wish)).toBe(false)
  expect(words(planRotation(keys, start, wish))).toEqual(['withdraw b', 'retire c'])
  const ended = [line('a', 'RS256', 'active'), line('b', 'ES256', 'retiring')]
  expect(isAsWished(ended, wish)).toBe(true)
  expect(planRotation(ended, after(retiring - 1), wish)).toEqual([])
  expect(words(planRotation(ended, after(retiring), wish))).toEqual(['retire b'])
})

test('a tenant that cannot sign gets a key of each algorithm that signs at once', () => {
  expect(words(planRotation([], start, both))).toEqual([
    'create RS256 in kms-wrapped',
    'create ES256 in kms-wrapped',
  ])
  const made = [line('a', 'RS256', 'pending'), line('b', 'ES256', 'pending')]
  expect(words(planRotation(made, start, both))).toEqual(['activate a for ', 'activate b for '])
})

test('EdDSA stays wrapped wherever the other keys are kept', () => {
  const wanted = { custody: 'kms', signingAlgorithms: ['EdDSA'] } as const
  expect(words(planRotation([], start, wanted))).toEqual(['create EdDSA in kms-wrapped'])
  expect(planRotation([line('a', 'EdDSA', 'active')], start, wanted)).toEqual([])
  expect(custodyOf([line('a', 'EdDSA', 'active')])).toBeUndefined()
  expect(custodyOf([line('a', 'RS256', 'active')])).toBe('kms-wrapped')
})

test('without an active key the one that waits signs, or the one that retires', () => {
  const keys = [line('a', 'ES256', 'retiring'), line('b', 'RS256', 'active')]
  expect(signingKeyOf(keys, 'ES256')?.kid).toBe('a')
  expect(signingKeyOf([...keys, line('c', 'ES256', 'pending')], 'ES256')?.kid).toBe('c')
  expect(signingKeyOf(keys, 'PS256')).toBeUndefined()
})
