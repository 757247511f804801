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

/** The instances of one function: those that serve nothing are taken again, the latest first. */
function createInstances(start: () => Promise<Instance>) {
  const all = new Set<Instance>()
  const idle: Instance[] = []
  let isClosed = false

  async function add(): Promise<Instance> {
    const instance = await start()
    all.add(instance)
    if (isClosed) await instance.stop()
    return instance
  }

  async function stop(doomed: readonly Instance[]): Promise<number> {
    for (const instance of doomed) all.delete(instance)
    await Promise.all(doomed.map((instance) => instance.stop()))
    return doomed.length
  }

  return {
    async take(): Promise<Instance> {
      return takeAlive(idle) ?? (await add())
    },
    /** Starts one in place of one that serves nothing. */
    async takeNew(): Promise<Instance> {
      const replaced = takeAlive(idle)
      if (replaced !== undefined) await stop([replaced])
      return add()
    },
    giveBack(instance: Instance): void {
      if (instance.isAlive()) idle.push(instance)
      else all.delete(instance)
    },
    stopWhere: (isDoomed: (instance: Instance) => boolean) => stop([...all].filter(isDoomed)),
    count: () => all.size,
    async close(): Promise<void> {
      isClosed = true
      await stop([...all])
    },
  }
}

/**
 * Keeps the instances of one function: an idle one is used again, otherwise one more is started.
 *
 * Beyond `capacity` an event waits, where Lambda would throttle.
 */
export function createPool(start: () => Promise<Instance>, capacity: number): Pool {
  const serving = new Map<Instance, InvokeMessage>()
  const places = createPlaces(capacity)
  const counts = createCounts()
  let coldStartMilliseconds: number | undefined

  const instances = createInstances(async () => {
    const startedAt = performance.now()
    counts.coldStarts += 1
    const instance = await start()
    coldStartMilliseconds = performance.now() - startedAt
    return instance
  })

  async function withInstance(
    isCold: boolean,
    use: (instance: Instance) => Promise<Outcome>,
  ): Promise<Outcome> {
    await places.take()
    try {
      const instance = await (isCold ? instances.takeNew() : instances.take())
      const outcome = await use(instance)
      instances.giveBack(instance)
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
    kill: ({ trace }) =>
      instances.stopWhere((one) => trace === undefined || serving.get(one)?.trace === trace),
    statistics: () => ({ ...counts, instances: instances.count(), coldStartMilliseconds }),
    close: () => instances.close(),
  }
}
