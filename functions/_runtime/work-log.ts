import { describeCause, writeLine } from './access-log.ts'

/** What a worker has done, in numbers. */
export type Counts = Readonly<Record<string, number>>

let isCold = true

/** Does a worker's work and writes its one line, also when it fails; then its trigger brings it again. */
export async function loggingWork<Result>(
  worker: string,
  requestId: string,
  work: () => Promise<{ readonly result: Result; readonly counts: Counts }>,
): Promise<Result> {
  const startedAt = performance.now()
  const write = (level: 'info' | 'error', facts: object) => {
    const durationMs = Math.round(performance.now() - startedAt)
    writeLine({ level, worker, requestId, durationMs, coldStart: isCold, ...facts })
    isCold = false
  }
  try {
    const { result, counts } = await work()
    write('info', counts)
    return result
  } catch (thrown) {
    write('error', { rule: 'runtime/worker-failed', cause: describeCause(thrown) })
    throw thrown
  }
}

/** Writes of something that no further try can mend. */
export function logUnreadable(worker: string, requestId: string, sequence: string, cause: unknown) {
  const rule = 'runtime/change-unreadable'
  const level = 'error'
  writeLine({ level, worker, requestId, rule, sequence, cause: describeCause(cause) })
}
