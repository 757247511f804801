import { type EpochSeconds, isExpired, plus } from '#shared/kernel/time.ts'
import { type RotationTimes, sealingKeyTimes } from './key-times.ts'
import type { SealingKey, SealingKind } from './sealing-key.ts'

export type SealingRotationStep =
  | { readonly kind: 'create' }
  | { readonly kind: 'retire'; readonly key: SealingKey }

const newestFirst = (keys: readonly SealingKey[]): readonly SealingKey[] =>
  keys.toSorted((left, right) => right.createdAt - left.createdAt || (left.id < right.id ? 1 : -1))

/** Answers `undefined` for a kind whose first key stays for ever. */
const timesOf = (kind: SealingKind): RotationTimes | undefined =>
  kind === 'pairwise' ? undefined : sealingKeyTimes[kind]

/** A new key seals once every instance has had time to learn of it. */
function isSettled({ kind, createdAt }: SealingKey, now: EpochSeconds): boolean {
  const times = timesOf(kind)
  return times !== undefined && isExpired(plus(createdAt, times.pending), now)
}

/** The key that seals: the newest settled one; while none is settled, the oldest. */
export function currentSealingKey(
  keys: readonly SealingKey[],
  now: EpochSeconds,
): SealingKey | undefined {
  const known = newestFirst(keys)
  return known.find((key) => isSettled(key, now)) ?? known.at(-1)
}

/**
 * Decides what is to be done with the keys of one kind: age alone says which key seals, and until when
 * what an older one has sealed may come back.
 *
 * @param keys every key of the kind that is not retired
 */
export function planSealingRotation(
  keys: readonly SealingKey[],
  now: EpochSeconds,
  { isDemanded = false }: { readonly isDemanded?: boolean } = {},
): readonly SealingRotationStep[] {
  const [newest, ...older] = newestFirst(keys)
  if (newest === undefined) return [{ kind: 'create' }]
  const times = timesOf(newest.kind)
  if (times === undefined) return []
  const isDue = isExpired(plus(newest.createdAt, times.active), now)
  const wanted = isDue || (isDemanded && isSettled(newest, now))
  const over = older.filter((_, index) => isOver(times, [newest, ...older][index] ?? newest, now))
  return [
    ...(wanted ? [{ kind: 'create' } as const] : []),
    ...over.map((key) => ({ kind: 'retire', key }) as const),
  ]
}

/** @param successor the key that was made next, and took over once it had settled */
const isOver = (
  { pending, retiring }: RotationTimes,
  successor: SealingKey,
  now: EpochSeconds,
): boolean => isExpired(plus(plus(successor.createdAt, pending), retiring), now)
