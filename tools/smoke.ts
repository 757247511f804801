import { documentChecks } from './smoke/document-checks.ts'
import { headerChecks } from './smoke/header-checks.ts'
import { createJourney } from './smoke/journey.ts'
import { latencyLines } from './smoke/latency.ts'
import { BadCall, helpText, parseOptions } from './smoke/options.ts'
import { runChecks } from './smoke/run-checks.ts'
import { signInChecks } from './smoke/sign-in-checks.ts'
import { isGreen, renderTally } from './tally.ts'

/** `npm run smoke`: checks a deployed system from outside; the tally is its last line. */
async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args, process.env)
  if (options === 'help') return console.log(helpText)
  const checks = [...documentChecks, ...headerChecks, ...signInChecks]
  const scene = { options, journey: createJourney(options) }
  const tally = await runChecks(checks, scene, console.log)
  const timings = await latencyLines(options.issuer).catch(() => [])
  for (const line of timings) console.log(line)
  if (!isGreen(tally)) process.exitCode = 1
  console.log(renderTally(tally))
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof BadCall ? 2 : 1
})
