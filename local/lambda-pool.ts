import type { Instance, Outcome } from './lambda-instance.ts'
import type { InvokeMessage } from './lambda-messages.ts'

export interface PoolStatistics {
  readonly instances: number
  readonly coldStarts: number
  /** The last cold start, from asking for an instance until its handler was loaded. */
  readonly coldStartMilliseconds: number | undefined
  readonly calls: number
  readonly errors: number
  readonly timeouts: number
}

/** Which instances of a pool. */
export interface InstanceSelection {
  /** The one that serves the request of this trace. */
  readonly trace?: string
}

export interface Pool {
  /**
   * @param message is made when an instance is there, so that waiting for one does not eat its time
   * @param isCold true for an instance that has served nothing yet, in place of an idle one
   */
  invoke(message: () => InvokeMessage, isCold: boolean): Promise<Outcome>
  /** Ends instances at once, whatever they do; answers how many. */
  kill(selection: InstanceSelection): Promise<number>
  statistics(): PoolStatistics
  close(): Promise<void>
}

interface Places {
  take(): Promise<void>
  giveBack(): void
}

/** So many places at a time; whoever finds none waits, and the longest wait is over first. */
function createPlaces(capacity: number): Places {
  const waiting: (() => void)[] = []
  let taken = 0
  return {
    async take() {
      if (taken >= capacity) await new Promise<void>((resolve) => waiting.push(resolve))
      else taken += 1
    },
    giveBack() {
      // The place goes to whoever waits longest; nobody else can take it in between.
      const next = waiting.shift()
      if (next) next()
      else taken -= 1
    },
  }
}

const createCounts = () => ({ coldStarts: 0, calls: 0, errors: 0, timeouts: 0 })

function countOutcome(counts: ReturnType<typeof createCounts>, { kind }: Outcome): void {
  if (kind === 'failed') counts.errors += 1
  if (kind === 'timed-out') counts.timeouts += 1
}

function takeAlive(idle: Instance[]): Instance | undefined {
  const instance = idle.pop()
  return instance === undefined || instance.isAlive() ? instance : takeAlive(idle)
}

/**
 * Keeps the instances of one function: an idle one is used again, otherwise one more is started.
 *
 * Beyond `capacity` an event waits, where Lambda would throttle.
 */
export function createPool(start: () => Promise<Instance>, capacity: number): Pool {
  const instances = new Set<Instance>()
  const idle: Instance[] = []
  const serving = new Map<Instance, InvokeMessage>()
  const places = createPlaces(capacity)
  const counts = createCounts()
  let isClosed = false
  let coldStartMilliseconds: number | undefined

  async function coldStart(): Promise<Instance> {
    const startedAt = performance.now()
    counts.coldStarts += 1
    const instance = await start()
    coldStartMilliseconds = performance.now() - startedAt
    instances.add(instance)
    if (isClosed) await instance.stop()
    return instance
  }

  async function replaceIdle(): Promise<Instance> {
    const replaced = takeAlive(idle)
    if (replaced !== undefined) {
      instances.delete(replaced)
      await replaced.stop()
    }
    return coldStart()
  }

  async function withInstance(
    isCold: boolean,
    use: (instance: Instance) => Promise<Outcome>,
  ): Promise<Outcome> {
    await places.take()
    try {
      const instance = isCold ? await replaceIdle() : (takeAlive(idle) ?? (await coldStart()))
      const outcome = await use(instance)
      if (instance.isAlive()) idle.push(instance)
      else instances.delete(instance)
      return outcome
    } finally {
      places.giveBack()
    }
  }

  function serve(instance: Instance, message: InvokeMessage): Promise<Outcome> {
    serving.set(instance, message)
    return instance.invoke(message).finally(() => serving.delete(instance))
  }

  return {
    async invoke(message, isCold) {
      counts.calls += 1
      const outcome = await withInstance(isCold, (instance) => serve(instance, message())).catch(
        (error): Outcome => ({ kind: 'failed', reason: String(error) }),
      )
      countOutcome(counts, outcome)
      return outcome
    },
    async kill({ trace }) {
      const doomed = [...instances].filter(
        (one) => trace === undefined || serving.get(one)?.trace === trace,
      )
      for (const instance of doomed) instances.delete(instance)
      await Promise.all(doomed.map((instance) => instance.stop()))
      return doomed.length
    },
    statistics: () => ({ ...counts, instances: instances.size, coldStartMilliseconds }),
    async close() {
      isClosed = true
      await Promise.all([...instances].map((instance) => instance.stop()))
    },
  }
}
