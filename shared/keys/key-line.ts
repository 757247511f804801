import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { Custody } from '#shared/tenant/tenant.ts'
import { custodyFor, type KeyState, type SigningKey } from './signing-key.ts'

const newestFirst = (keys: readonly SigningKey[]): readonly SigningKey[] =>
  keys.toSorted(
    (left, right) => right.createdAt - left.createdAt || (left.kid < right.kid ? 1 : -1),
  )

/** The keys in a state, the newest first. */
export const inState = (keys: readonly SigningKey[], state: KeyState): readonly SigningKey[] =>
  newestFirst(keys).filter((key) => key.state === state)

/** A key that waits can sign, and so can one that retires: both are published. */
const inOrderOfUse: readonly KeyState[] = ['active', 'pending', 'retiring']

/**
 * The key that signs with an algorithm: the newest of the active ones.
 *
 * Where none is active, the line has just begun and its first key waits, or it has just ended and
 * this instance has not heard of it yet.
 */
export function signingKeyOf(
  keys: readonly SigningKey[],
  algorithm: SigningAlgorithm,
): SigningKey | undefined {
  const line = keys.filter((key) => key.algorithm === algorithm)
  return inOrderOfUse.flatMap((state) => inState(line, state))[0]
}

/** The key that signs with an algorithm, or the one that is to sign next. */
export function newestKeyOf(
  keys: readonly SigningKey[],
  algorithm: SigningAlgorithm,
): SigningKey | undefined {
  const line = keys.filter((key) => key.algorithm === algorithm)
  return [...inState(line, 'pending'), ...inState(line, 'active')][0]
}

/** Where a tenant's next keys are kept when nobody says otherwise: as the newest that had the choice. */
export function custodyOf(keys: readonly SigningKey[]): Custody | undefined {
  const hadChoice = keys.filter(({ algorithm }) => custodyFor(algorithm, 'kms') === 'kms')
  return [...inState(hadChoice, 'pending'), ...inState(hadChoice, 'active')][0]?.custody
}
