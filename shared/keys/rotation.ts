import { type EpochSeconds, isExpired, plus, type Seconds } from '#shared/kernel/time.ts'
import type { Custody } from '#shared/tenant/tenant.ts'
import { type RotationTimes, signingKeyTimes } from './key-times.ts'
import type { KeyState, SigningKey } from './signing-key.ts'

/** What is wanted of a rotation beyond what is due. */
export interface RotationWish {
  /** Where the tenant's next key is to be kept. */
  readonly custody: Custody
  /** True to begin a rotation before its time. */
  readonly isDemanded?: boolean
  /** The `kid` of a key that nobody may trust from now on. */
  readonly compromised?: string | undefined
}

export type RotationStep =
  | { readonly kind: 'create'; readonly custody: Custody }
  /** The key begins to sign, and those it replaces retire: one change, all or nothing. */
  | {
      readonly kind: 'activate'
      readonly key: SigningKey
      readonly replaced: readonly SigningKey[]
    }
  | { readonly kind: 'retire'; readonly key: SigningKey }

const newestFirst = (keys: readonly SigningKey[]): readonly SigningKey[] =>
  keys.toSorted(
    (left, right) => right.createdAt - left.createdAt || (left.kid < right.kid ? 1 : -1),
  )

const inState = (keys: readonly SigningKey[], state: KeyState): readonly SigningKey[] =>
  newestFirst(keys).filter((key) => key.state === state)

/** The key that signs: the newest of the active ones. */
export const signingKeyOf = (keys: readonly SigningKey[]): SigningKey | undefined =>
  inState(keys, 'active')[0]

/** The key that signs, or the one that is to sign next. */
export const newestKeyOf = (keys: readonly SigningKey[]): SigningKey | undefined =>
  inState(keys, 'pending')[0] ?? signingKeyOf(keys)

const hasStayed = ({ stateSince }: SigningKey, duration: Seconds, now: EpochSeconds): boolean =>
  isExpired(plus(stateSince, duration), now)

/**
 * Decides what is to be done with a tenant's keys at this moment; nothing more than once.
 *
 * At most one key is pending. An active key that is compromised is replaced before its successor is
 * known everywhere: tokens that fail to verify for minutes are better than tokens that anybody makes.
 *
 * @param keys every key of the tenant that is not retired
 */
export function planRotation(
  keys: readonly SigningKey[],
  now: EpochSeconds,
  wish: RotationWish,
  times: RotationTimes = signingKeyTimes,
): readonly RotationStep[] {
  const isLost = ({ kid }: SigningKey): boolean => kid === wish.compromised
  const active = inState(keys, 'active')
  const pending = inState(keys, 'pending')
  const next = pending.find((key) => key.custody === wish.custody && !isLost(key))
  const isUrgent = active.length === 0 || active.some(isLost)
  const steps: RotationStep[] = []
  if (!next && (isUrgent || isSuccessorWanted(active, now, wish, times))) {
    steps.push({ kind: 'create', custody: wish.custody })
  }
  if (next && (isUrgent || hasStayed(next, times.pending, now))) {
    steps.push({ kind: 'activate', key: next, replaced: active })
  }
  const over = inState(keys, 'retiring').filter(
    (key) => isLost(key) || hasStayed(key, times.retiring, now),
  )
  const unused = pending.filter((key) => key !== next)
  return [...steps, ...[...over, ...unused].map((key) => ({ kind: 'retire', key }) as const)]
}

const isSuccessorWanted = (
  [active]: readonly SigningKey[],
  now: EpochSeconds,
  { custody, isDemanded = false }: RotationWish,
  times: RotationTimes,
): boolean =>
  isDemanded ||
  active === undefined ||
  active.custody !== custody ||
  hasStayed(active, times.active, now)

/** When a rotation will have something to do again, unless it is demanded. */
export function nextRotationAt(
  keys: readonly SigningKey[],
  times: RotationTimes = signingKeyTimes,
): EpochSeconds | undefined {
  const isUnderWay = keys.some(({ state }) => state === 'pending')
  const moments = keys.flatMap(({ state, stateSince }) =>
    state === 'retired' || (state === 'active' && isUnderWay)
      ? []
      : [plus(stateSince, times[state])],
  )
  return moments.toSorted((left, right) => left - right)[0]
}
