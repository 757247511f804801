import { type EpochSeconds, isExpired, plus, type Seconds } from '#shared/kernel/time.ts'
import type { Clock } from '#shared/ports/clock.ts'

export interface CacheBounds {
  /** The entry used longest ago makes room for one more. */
  readonly entries: number
  readonly lifetime: Seconds
}

/** Remembers what was loaded, for a time and a number of entries that keep memory bounded. */
export interface BoundedCache<Value> {
  /** Answers the remembered value, or loads it; callers at the same moment share one load. */
  get(name: string, load: () => Promise<Value>): Promise<Value>
  /** Like `get`, but loads anew what is older than `maximalAge`. */
  getYounger(name: string, maximalAge: Seconds, load: () => Promise<Value>): Promise<Value>
}

interface Entry<Value> {
  readonly value: Promise<Value>
  readonly loadedAt: EpochSeconds
}

export function boundedCache<Value>(
  { entries: limit, lifetime }: CacheBounds,
  clock: Clock,
): BoundedCache<Value> {
  const entries = new Map<string, Entry<Value>>()

  const remember = (name: string, entry: Entry<Value>): Promise<Value> => {
    entries.delete(name)
    entries.set(name, entry)
    for (const oldest of entries.keys()) {
      if (entries.size <= limit) break
      entries.delete(oldest)
    }
    return entry.value
  }

  const loadAnew = (name: string, load: () => Promise<Value>): Promise<Value> => {
    const entry = { value: load(), loadedAt: clock.now() }
    const forget = () => entries.get(name) === entry && entries.delete(name)
    entry.value.catch(forget)
    return remember(name, entry)
  }

  const getYounger: BoundedCache<Value>['getYounger'] = (name, maximalAge, load) => {
    const entry = entries.get(name)
    if (!entry || isExpired(plus(entry.loadedAt, maximalAge), clock.now())) {
      return loadAnew(name, load)
    }
    return remember(name, entry)
  }

  return { get: (name, load) => getYounger(name, lifetime, load), getYounger }
}
