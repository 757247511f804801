/** What a runner counted. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const nothing: Tally = { passed: 0, failed: 0, skipped: 0 }

export const sum = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (left, right) => ({
      passed: left.passed + right.passed,
      failed: left.failed + right.failed,
      skipped: left.skipped + right.skipped,
    }),
    nothing,
  )

/** The line that closes a runner's output; machines read it, so it stands alone and never varies. */
export const renderTally = (tally: Tally): string =>
  `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`

const closingLine = /^(\d+) passed, (\d+) failed, (\d+) skipped$/

/** Reads the tally that closes a runner's output, or answers `undefined` when it does not close with one. */
export function parseTally(output: string): Tally | undefined {
  const found = closingLine.exec(output.trimEnd().split('\n').at(-1) ?? '')
  if (!found) return undefined
  const [passed, failed, skipped] = found.slice(1).map(Number)
  return { passed: passed ?? 0, failed: failed ?? 0, skipped: skipped ?? 0 }
}

/** Green is at least one pass and no failure: a runner that ran nothing has proved nothing. */
export const isGreen = (tally: Tally): boolean => tally.passed > 0 && tally.failed === 0
