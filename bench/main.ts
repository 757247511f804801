/** The command behind `npm run bench`. */
import { writeFile } from 'node:fs/promises'
import { measureCpu } from './cpu.ts'
import { measureLoad } from './load.ts'
import { type BenchOptions, helpText, parseOptions } from './options.ts'
import { renderReport } from './report.ts'
import { type BenchResult, resultOf } from './result.ts'
import { startSystem } from './system.ts'
import { measureTenants } from './tenants.ts'
import { recordUsage } from './usage.ts'

const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

async function measure({ rounds, tenants: count }: BenchOptions): Promise<BenchResult> {
  say('synthesizing the system and starting AWS for it')
  const bench = await startSystem()
  try {
    say('recording calls, capacity and logs')
    const usage = await recordUsage(bench)
    say('loading every function again and again')
    const load = await measureLoad(bench, rounds)
    say('running the flows beside oidc-provider')
    const cpu = await measureCpu(bench, rounds, usage['kms-wrapped'])
    if (count > 0) say(`loading ${count} tenants`)
    const tenants = count > 0 ? await measureTenants(bench, count) : undefined
    return resultOf(bench, { usage, load, cpu, tenants })
  } finally {
    await bench.close()
  }
}

const here = (file: string): URL => new URL(file, import.meta.url)

/** The same bytes for the same result, whichever way it is kept. */
const dataOf = (result: BenchResult): string => `${JSON.stringify(result, null, 2)}\n`

async function run(options: BenchOptions): Promise<void> {
  const result = await measure(options)
  const report = `${renderReport(result)}\n`
  process.stdout.write(report)
  if (options.json) await writeFile(options.json, dataOf(result))
  if (!options.record) return
  await writeFile(here('recorded.json'), dataOf(result))
  await writeFile(here('RESULTS.md'), `# The recorded figures\n\n${report}`)
}

const options = parseOptions(process.argv.slice(2))
if (options === 'help') process.stdout.write(helpText)
else await run(options)
