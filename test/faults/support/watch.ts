import type { LocalCloud } from '#local/start.ts'
import { callName } from './call-name.ts'

/** Thrown where the machine, and not a fault, made the difference. */
export class Disturbed extends Error {}

const mostTries = 30

/** Does something again as long as it is disturbed, or fails before it has come to the point. */
export async function undisturbed<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Disturbed) || tries === mostTries) throw error
    }
  }
}

/** The AWS calls of one request, as they come. */
export class Watch {
  /** In order of their first attempts. */
  readonly names: string[] = []
  readonly #nth: number | undefined
  readonly #stop: () => void
  readonly #order: string[] = []
  #retriesOfNth = 0
  #retriesOfOthers = 0

  constructor({ aws }: LocalCloud, trace: string, nth?: number, onNth?: () => void) {
    this.#nth = nth
    this.#stop = aws.onAttempt((call) => {
      if (call.trace !== trace) return
      if (call.attempt > 1) return this.#countRetry(call.invocation)
      this.names.push(callName(call))
      this.#order.push(call.invocation)
      if (this.names.length === nth) onNth?.()
    })
  }

  /**
   * Ends the watch.
   *
   * @param faults that the nth call has met at most; it may be tried so often again
   * @throws Disturbed when the SDK tried anything again that met no fault: the machine was too slow
   */
  verifyUndisturbed(faults = Number.POSITIVE_INFINITY): void {
    this.#stop()
    if (this.#retriesOfOthers > 0 || this.#retriesOfNth > faults) {
      throw new Disturbed('the machine was too slow')
    }
  }

  #countRetry(invocation: string): void {
    if (this.#nth !== undefined && this.#order[this.#nth - 1] === invocation)
      this.#retriesOfNth += 1
    else this.#retriesOfOthers += 1
  }
}
