/** The clock of the functions, which may run ahead of the computer's: what takes days can be seen in seconds. */
export interface LocalClock {
  /** Milliseconds ahead; the threads of the functions read it wherever they are. */
  readonly shared: SharedArrayBuffer
  aheadSeconds(): number
  /** Turns the clock forward; nobody can turn it back. */
  advance(seconds: number): void
}

export function createClock(): LocalClock {
  const shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT)
  const ahead = new Float64Array(shared)
  return {
    shared,
    aheadSeconds: () => (ahead[0] ?? 0) / 1000,
    advance(seconds) {
      ahead[0] = (ahead[0] ?? 0) + Math.max(0, seconds) * 1000
    },
  }
}

/** Lets this thread's `Date.now` follow the clock; answers the computer's own time, for deadlines. */
export function followClock(shared: SharedArrayBuffer): () => number {
  const ahead = new Float64Array(shared)
  const now = Date.now
  Date.now = () => now() + (ahead[0] ?? 0)
  return now
}
