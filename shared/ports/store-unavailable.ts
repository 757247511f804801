/** `no`: certainly nothing was written, so the caller may try again. `unknown`: the answer was lost. */
export type Committed = 'no' | 'unknown'

/**
 * Thrown by an adapter when the table or KMS could not answer: throttled, in conflict, failing or too slow.
 *
 * The edge answers 503, with `Retry-After` only when `committed` is `no`: repeating a single-use write
 * that did commit would look like a thief.
 */
export class StoreUnavailable extends Error {
  readonly committed: Committed

  constructor(committed: Committed, cause: unknown) {
    super(`the store is unavailable, committed: ${committed}`, { cause })
    this.name = 'StoreUnavailable'
    this.committed = committed
  }
}
