import { readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { recordingVariable } from '#local/recording.ts'

const allRuns = resolve('build/test-logs')

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** What earlier runs have left. */
function removeEnded(): void {
  const runs = readdirSync(allRuns, { withFileTypes: true }).filter((each) => each.isDirectory())
  for (const { name } of runs) {
    if (!isRunning(Number(name))) rmSync(join(allRuns, name), { recursive: true, force: true })
  }
}

/**
 * Makes every local cloud that this run starts, in whatever process, record what passes and what is logged.
 *
 * It is said in the environment, and once: no suite has to remember it.
 */
export function recordEverything(): void {
  process.env[recordingVariable] ??= join(allRuns, String(process.pid))
  try {
    removeEnded()
  } catch {
    // There has been no run before.
  }
}
