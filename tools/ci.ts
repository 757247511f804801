import { rmSync } from 'node:fs'
import { runCheck } from './ci-check.ts'
import { checks, testRecord } from './ci-checks.ts'
import { isGreen, renderTally, sum, type Tally } from './tally.ts'

rmSync(testRecord, { recursive: true, force: true })

/** Runs every check, also after a failure; the last line, alone, is the sum over all of them. */
const results: { name: string; tally: Tally; seconds: string }[] = []
for (const check of checks) {
  const startedAt = performance.now()
  const tally = await runCheck(check)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  results.push({ name: check.name, tally, seconds })
}

console.log('\n== summary')
for (const { name, tally, seconds } of results) {
  console.log(`${name.padEnd(16)} ${renderTally(tally)} in ${seconds} s`)
}
const total = sum(results.map(({ tally }) => tally))
process.exitCode = isGreen(total) ? 0 : 1
console.log(renderTally(total))
