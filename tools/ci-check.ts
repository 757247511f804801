import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Check } from './ci-checks.ts'
import { parseTally, type Tally } from './tally.ts'

const passed: Tally = { passed: 1, failed: 0, skipped: 0 }
const failed: Tally = { passed: 0, failed: 1, skipped: 0 }
const skipped: Tally = { passed: 0, failed: 0, skipped: 1 }

interface Ended {
  readonly succeeded: boolean
  readonly output: string
}

/** Runs the command, shows its output as it comes and keeps it. */
function run({ command, env }: Check): Promise<Ended> {
  const [program, ...args] = command
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    process.stdout.write(text)
  })
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ succeeded: false, output: error.message }))
    child.on('close', (code) => resolve({ succeeded: code === 0, output }))
  })
}

/**
 * Turns the end of a check into a tally.
 *
 * A runner that fails without counting a failure, or closes without a tally, counts as one failure: no silence is green.
 */
export function tallyOf(counts: Check['counts'], { succeeded, output }: Ended): Tally {
  if (counts === 'one') return succeeded ? passed : failed
  const tally = parseTally(output)
  if (!tally) return failed
  return succeeded || tally.failed > 0 ? tally : { ...tally, failed: 1 }
}

export async function runCheck(check: Check): Promise<Tally> {
  console.log(`\n== ${check.name}`)
  if (check.needs !== undefined && !existsSync(check.needs)) {
    console.log(`SKIPPED: ${check.name} cannot run, ${check.needs} is missing.`)
    return skipped
  }
  const ended = await run(check)
  if (!ended.succeeded) console.log(`FAILED: ${check.name}. ${check.command.join(' ')}`)
  return tallyOf(check.counts, ended)
}
