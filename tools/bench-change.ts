/** Prints what a change has done to bundles, load times and calls, beside the recorded figures. */

import { type Figures, figuresChange } from '../bench/figures-change.ts'
import { measureLoad } from '../bench/load.ts'
import recorded from '../bench/recorded.json' with { type: 'json' }
import { table } from '../bench/report.ts'
import { countsOf } from '../bench/result.ts'
import { startSystem } from '../bench/system.ts'
import { recordUsage } from '../bench/usage.ts'

/** Enough for a median, few enough for a minute. */
const rounds = 4

async function measure(): Promise<Figures> {
  const bench = await startSystem()
  try {
    const usage = await recordUsage(bench)
    return { ...countsOf(usage), load: await measureLoad(bench, rounds) }
  } finally {
    await bench.close()
  }
}

process.stdout.write(`Recorded ${recorded.date} at ${recorded.commit} on ${recorded.machine}.\n\n`)
const rows = figuresChange(recorded, await measure())
process.stdout.write(`${table(['figure', 'recorded', 'now', 'change'], rows)}\n`)
