import { sum, type Tally } from '../tally.ts'
import { type Check, reasonToSkip, type Scene } from './check.ts'

const one = { passed: 0, failed: 0, skipped: 0 }

interface Result {
  readonly line: string
  readonly tally: Tally
}

/** Makes every check in turn, also after a failure, and tells each as soon as it is known. */
export async function runChecks(
  checks: readonly Check[],
  scene: Scene,
  tell: (line: string) => void,
): Promise<Tally> {
  const tallies: Tally[] = []
  for (const check of checks) {
    const { line, tally } = await resultOf(check, scene)
    tell(line)
    tallies.push(tally)
  }
  return sum(tallies)
}

async function resultOf(check: Check, scene: Scene): Promise<Result> {
  const reason = reasonToSkip(check, scene.options)
  if (reason !== undefined) {
    return { line: `skipped ${check.name}: ${reason}`, tally: { ...one, skipped: 1 } }
  }
  try {
    const detail = await check.run(scene)
    const line = detail === undefined ? check.name : `${check.name} (${detail})`
    return { line: `ok      ${line}`, tally: { ...one, passed: 1 } }
  } catch (error) {
    return { line: `FAILED  ${check.name}: ${describe(error)}`, tally: { ...one, failed: 1 } }
  }
}

/** `fetch` hides what went wrong in the cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
