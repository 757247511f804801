/** What a contract suite runs against: one adapter of the port, in a sound world and in a lossy one. */
export interface Subject<Port> {
  readonly sound: () => Port
  /** The same store, but the answer of the next call is lost once after the work was done. */
  readonly losingAnAnswer: () => Port
}

/** Runs `count` calls at once. */
export const concurrently = <T>(count: number, call: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => call(index)))

/** How many of the outcomes are of the kind. */
export const countOf = (outcomes: readonly { readonly kind: string }[], kind: string): number =>
  outcomes.filter((outcome) => outcome.kind === kind).length
