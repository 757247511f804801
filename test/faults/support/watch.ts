import type { FunctionCall } from '#local/faults.ts'
import type { LocalCloud } from '#local/start.ts'
import { kindOf, nameOf } from './call-kind.ts'

/** Thrown where the machine, and not a fault, made the difference. */
export class Disturbed extends Error {}

/** A machine that is too slow so often cannot tell a fault from itself. */
const mostTries = 100

/** Does something again as long as it is disturbed. */
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
  readonly calls: FunctionCall[] = []
  /** Attempts by the invocation that they belong to. */
  readonly #attempts = new Map<string, number>()
  readonly #stop: () => void

  constructor({ aws }: LocalCloud, trace: string, onCall: (watch: Watch) => void = () => {}) {
    this.#stop = aws.onAttempt((call) => {
      if (call.trace !== trace) return
      const before = this.#attempts.get(call.invocation) ?? 0
      // An attempt that never arrived counts as well: it is another reason to call the machine too slow.
      this.#attempts.set(call.invocation, Math.max(before + 1, call.attempt))
      if (call.attempt > 1) return
      this.calls.push(call)
      onCall(this)
    })
  }

  /** The nth call of a name. */
  find(name: string, nth: number): FunctionCall | undefined {
    return this.calls.filter((call) => nameOf(kindOf(call)) === name)[nth - 1]
  }

  attemptsOf({ invocation }: FunctionCall): number {
    return this.#attempts.get(invocation) ?? 0
  }

  /**
   * Ends the watch.
   *
   * @param met the call that a fault was meant for, which may be tried again
   * @throws Disturbed when the SDK tried again what met no fault: the machine was too slow
   */
  end(met?: FunctionCall): void {
    this.#stop()
    const others = [...this.#attempts].filter(([invocation]) => invocation !== met?.invocation)
    if (others.some(([, attempts]) => attempts > 1)) throw new Disturbed('the machine was too slow')
  }
}
