import { parseCLI, startVitest } from 'vitest/node'
import { isGreen, sum } from './tally.ts'
import { renderReport, withoutSilence } from './test-report.ts'
import { CollectingReporter } from './test-reporter.ts'
import { testArguments } from './test-selection.ts'

/**
 * `npm test` and `npm run test:endurance`: runs the tests, says what ran and what could not.
 *
 * The tally is printed after vitest has closed, so that nothing follows it.
 */
const { filter, options } = parseCLI(['vitest', 'run', ...testArguments(process.argv.slice(2))])
const reporter = new CollectingReporter()
const vitest = await startVitest(filter, {
  ...options,
  watch: false,
  reporters: ['minimal', reporter],
})
await vitest.close()

const reports = withoutSilence(reporter.reports)
if (!isGreen(sum(reports.map((report) => report.tally)))) process.exitCode = 1
console.log(renderReport(reports))
