import { expect, test } from 'vitest'
import { epochSeconds, plus, seconds } from '#shared/kernel/time.ts'
import { longestRefreshTokenLifetime } from '#shared/tenant/lifetime-bounds.ts'
import { keyRingLifetime, sealingKeyTimes } from './key-times.ts'
import { type SealingKey, type SealingKind, sealingKinds } from './sealing-key.ts'
import {
  currentSealingKey,
  planSealingRotation,
  type SealingRotationStep,
} from './sealing-rotation.ts'

const start = epochSeconds(1_800_000_000)
const after = (duration: number) => plus(start, seconds(duration))
const day = 24 * 60 * 60

const keyOf = (id: string, createdAfter = 0, kind: SealingKind = 'code'): SealingKey => ({
  kind,
  id,
  wrapped: Uint8Array.of(1),
  createdAt: after(createdAfter),
})

const words = (steps: readonly SealingRotationStep[]): readonly string[] =>
  steps.map((step) => (step.kind === 'retire' ? `retire ${step.key.id}` : step.kind))

test('a kind without a key gets one', () => {
  expect(words(planSealingRotation([], start))).toEqual(['create'])
})

test('a key gets a successor when its time is over, and when that is demanded', () => {
  const { active, pending } = sealingKeyTimes.code
  const keys = [keyOf('a')]
  expect(planSealingRotation(keys, after(active - 1))).toEqual([])
  expect(words(planSealingRotation(keys, after(active)))).toEqual(['create'])
  const demand = { isDemanded: true }
  expect(planSealingRotation(keys, after(pending - 1), demand)).toEqual([])
  expect(words(planSealingRotation(keys, after(pending), demand))).toEqual(['create'])
})

test('architecture, Signing keys: a sealing key is published before its first use', () => {
  const keys = [keyOf('a'), keyOf('b', day)]
  expect(currentSealingKey(keys, after(day + keyRingLifetime - 1))?.id).toBe('a')
  expect(currentSealingKey(keys, after(day + keyRingLifetime))?.id).toBe('b')
})

test('the very first key seals at once', () => {
  expect(currentSealingKey([keyOf('a')], start)?.id).toBe('a')
  expect(currentSealingKey([], start)).toBeUndefined()
})

const rotating = sealingKinds.filter((kind) => kind !== 'pairwise')

test.each(rotating)(
  'architecture, Signing keys: a key of kind %s stays as long as what it has sealed may come back',
  (kind) => {
    const least = ['refresh', 'handle'].includes(kind) ? longestRefreshTokenLifetime : day
    const { pending, retiring } = sealingKeyTimes[kind]
    const replacedAfter = 30 * day + pending
    const keys = [keyOf('a', 0, kind), keyOf('b', 30 * day, kind)]
    const steps = (duration: number) =>
      words(planSealingRotation(keys, after(duration))).filter((step) => step !== 'create')
    expect(retiring).toBeGreaterThanOrEqual(least)
    expect(steps(replacedAfter + least)).toEqual([])
    expect(steps(replacedAfter + retiring)).toEqual(['retire a'])
  },
)

test('of three keys only those whose successors took over long ago retire', () => {
  const keys = [keyOf('c', 5 * day), keyOf('a'), keyOf('b', 4 * day)]
  expect(words(planSealingRotation(keys, after(5.5 * day)))).toEqual(['retire a'])
})

test('oidc core section 8.1: the key of pairwise subjects is the first one for ever', () => {
  const keys = [keyOf('b', 1, 'pairwise'), keyOf('a', 0, 'pairwise')]
  const late = after(100 * 365 * day)
  expect(currentSealingKey(keys, late)?.id).toBe('a')
  expect(planSealingRotation(keys, late, { isDemanded: true })).toEqual([])
  expect(words(planSealingRotation([], start))).toEqual(['create'])
})
