import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { type EpochSeconds, isExpired, plus, type Seconds } from '#shared/kernel/time.ts'
import type { Custody } from '#shared/tenant/tenant.ts'
import { inState, newestKeyOf } from './key-line.ts'
import { hastyPending, type RotationTimes, signingKeyTimes } from './key-times.ts'
import { custodyFor, type SigningKey } from './signing-key.ts'

/** What is wanted of a rotation beyond what is due. */
export interface RotationWish {
  /** Where the tenant's next keys are to be kept. */
  readonly custody: Custody
  /** What the tenant is to sign with; keys of any other algorithm retire. */
  readonly signingAlgorithms: readonly SigningAlgorithm[]
  /** Algorithms whose keys are to be replaced before their time. */
  readonly demanded?: readonly SigningAlgorithm[]
  /** Whether demanded successors may sign before those know them who keep keys for longer than we allow. */
  readonly isHasty?: boolean | undefined
  /** The `kid` of a key that nobody may trust from now on. */
  readonly compromised?: string | undefined
}

export type RotationStep =
  | { readonly kind: 'create'; readonly algorithm: SigningAlgorithm; readonly custody: Custody }
  /** The key begins to sign, and those it replaces retire: one change, all or nothing. */
  | {
      readonly kind: 'activate'
      readonly key: SigningKey
      readonly replaced: readonly SigningKey[]
    }
  /** The key signs no more, and has no successor. */
  | { readonly kind: 'withdraw'; readonly key: SigningKey }
  | { readonly kind: 'retire'; readonly key: SigningKey }

/** Everything that a decision about the keys of one algorithm rests upon. */
interface Line {
  readonly keys: readonly SigningKey[]
  readonly custody: Custody
  readonly isDemanded: boolean
  /** Whether the tenant signs with any algorithm: then a first key can wait until it is known. */
  readonly canTenantSign: boolean
  readonly isLost: (key: SigningKey) => boolean
  readonly hasStayed: (key: SigningKey, duration: Seconds) => boolean
  readonly times: RotationTimes
}

const retire = (key: SigningKey): RotationStep => ({ kind: 'retire', key })

/**
 * Decides what is to be done with a tenant's keys at this moment; nothing more than once.
 *
 * Each algorithm has its own line of keys, of which at most one is pending. An active key that is
 * compromised is replaced before its successor is known everywhere: tokens that fail to verify for
 * minutes are better than tokens that anybody makes.
 *
 * @param keys every key of the tenant that is not retired
 */
export function planRotation(
  keys: readonly SigningKey[],
  now: EpochSeconds,
  wish: RotationWish,
  times: RotationTimes = signingKeyTimes,
): readonly RotationStep[] {
  const algorithms = new Set([...wish.signingAlgorithms, ...keys.map(({ algorithm }) => algorithm)])
  return [...algorithms].flatMap((algorithm) => {
    const isDemanded = wish.demanded?.includes(algorithm) ?? false
    const line: Line = {
      keys: keys.filter((key) => key.algorithm === algorithm),
      custody: custodyFor(algorithm, wish.custody),
      isDemanded,
      canTenantSign: keys.some(({ state }) => state === 'active'),
      isLost: ({ kid }) => kid === wish.compromised,
      hasStayed: ({ stateSince }, duration) => isExpired(plus(stateSince, duration), now),
      times: wish.isHasty && isDemanded ? { ...times, pending: hastyPending } : times,
    }
    const isWanted = wish.signingAlgorithms.includes(algorithm)
    return [...(isWanted ? continued(line, algorithm) : ended(line)), ...retirements(line)]
  })
}

/** What keeps a line signing: at most one successor at a time, and its taking over. */
function continued(line: Line, algorithm: SigningAlgorithm): readonly RotationStep[] {
  const { keys, custody, canTenantSign, isLost, hasStayed, times } = line
  const active = inState(keys, 'active')
  const pending = inState(keys, 'pending')
  const next = pending.find((key) => key.custody === custody && !isLost(key))
  const isUrgent = !canTenantSign || active.some(isLost)
  const unused = pending.filter((key) => key !== next).map(retire)
  if (!next) {
    const isWanted = isUrgent || isSuccessorWanted(line, active)
    return isWanted ? [{ kind: 'create', algorithm, custody }, ...unused] : unused
  }
  return isUrgent || hasStayed(next, times.pending)
    ? [{ kind: 'activate', key: next, replaced: active }, ...unused]
    : unused
}

/** What lets a line end: nothing signs with it, and its keys are published as long as its tokens live. */
const ended = ({ keys }: Line): readonly RotationStep[] => [
  ...inState(keys, 'active').map((key) => ({ kind: 'withdraw', key }) as const),
  ...inState(keys, 'pending').map(retire),
]

const retirements = ({ keys, isLost, hasStayed, times }: Line): readonly RotationStep[] =>
  inState(keys, 'retiring')
    .filter((key) => isLost(key) || hasStayed(key, times.retiring))
    .map(retire)

const isSuccessorWanted = (
  { custody, isDemanded, hasStayed, times }: Line,
  [active]: readonly SigningKey[],
): boolean =>
  isDemanded ||
  active === undefined ||
  active.custody !== custody ||
  hasStayed(active, times.active)

/** When a rotation will have something to do again, unless it is demanded. */
export function nextRotationAt(
  keys: readonly SigningKey[],
  times: RotationTimes = signingKeyTimes,
): EpochSeconds | undefined {
  const hasSuccessor = ({ algorithm }: SigningKey): boolean =>
    keys.some((key) => key.algorithm === algorithm && key.state === 'pending')
  const moments = keys.flatMap((key) =>
    key.state === 'retired' || (key.state === 'active' && hasSuccessor(key))
      ? []
      : [plus(key.stateSince, times[key.state])],
  )
  return moments.toSorted((left, right) => left - right)[0]
}

/** Whether a rotation to this wish would be none: every key is, or has a successor, as it is wanted. */
export function isAsWished(keys: readonly SigningKey[], wish: RotationWish): boolean {
  const signs = ({ state }: SigningKey): boolean => state === 'active' || state === 'pending'
  return (
    wish.signingAlgorithms.every((algorithm) => {
      const newest = newestKeyOf(keys, algorithm)
      return newest?.custody === custodyFor(algorithm, wish.custody)
    }) && keys.filter(signs).every((key) => wish.signingAlgorithms.includes(key.algorithm))
  )
}
