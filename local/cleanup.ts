/** What has to be ended, in the order in which it was started. */
export interface Cleanup {
  add(step: () => Promise<void>): void
  /** Ends everything, the last first; a step that fails does not keep the others from being ended. */
  run(): Promise<void>
}

export function createCleanup(): Cleanup {
  const steps: (() => Promise<void>)[] = []
  return {
    add(step) {
      steps.push(step)
    },
    async run() {
      for (const step of steps.splice(0).toReversed()) {
        await step().catch((error) => console.error(error))
      }
    },
  }
}
