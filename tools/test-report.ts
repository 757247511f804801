import { renderTally, sum, type Tally } from './tally.ts'

/** A test that did not run, and why. */
export interface SkippedTest {
  readonly title: string
  readonly reason: string
}

/** What one vitest project did. */
export interface ProjectReport {
  readonly project: string
  readonly tally: Tally
  readonly milliseconds: number
  readonly skipped: readonly SkippedTest[]
  /** What tests measured and wish to be seen, such as the median length of a function. */
  readonly measures: readonly string[]
}

const renderProject = ({ project, tally, milliseconds }: ProjectReport): string =>
  `${project.padEnd(10)} ${renderTally(tally)} in ${(milliseconds / 1000).toFixed(1)} s`

/** Skipped tests grouped by reason, so that one missing browser is one line and not twenty. */
function renderSkipped(skipped: readonly SkippedTest[]): string[] {
  const byReason = Map.groupBy(skipped, (test) => test.reason)
  return [...byReason].flatMap(([reason, tests]) => [
    `Not run, ${reason}:`,
    ...tests.map((test) => `  ${test.title}`),
  ])
}

/** A run in which nothing passed and nothing failed is a failure of the run itself, and counts as one. */
export function withoutSilence(reports: readonly ProjectReport[]): readonly ProjectReport[] {
  const { passed, failed } = sum(reports.map((report) => report.tally))
  if (passed + failed > 0) return reports
  const tally = { passed: 0, failed: 1, skipped: 0 }
  return [...reports, { project: 'no test ran', tally, milliseconds: 0, skipped: [], measures: [] }]
}

/** The summary of a test run; its last line is the tally over all projects. */
export function renderReport(reports: readonly ProjectReport[]): string {
  const lines = [
    ...reports.map(renderProject),
    ...reports.flatMap((report) => report.measures),
    ...renderSkipped(reports.flatMap((report) => report.skipped)),
    renderTally(sum(reports.map((report) => report.tally))),
  ]
  return lines.join('\n')
}
