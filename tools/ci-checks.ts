import { resolve } from 'node:path'

/** One check of `.ci/run`: a command, and how its result is counted. */
export interface Check {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** `tests`: the command closes with its own tally. `one`: its exit code is one test. */
  readonly counts: 'tests' | 'one'
  /** A file that must exist for the check to be possible; without it the check is skipped, loudly. */
  readonly needs?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Where both runs of tests record what passes and what is logged; the second one searches it all. */
export const testRecord = resolve('build/test-logs-of-ci')

const cfnLint = '.local/cfn-lint/bin/cfn-lint'
const assembly = 'build/ci-assembly'

/** What a change must pass, in the order in which a mistake is cheapest to find. */
export const checks: readonly Check[] = [
  { name: 'type check', command: ['npm', 'run', 'typecheck'], counts: 'one' },
  { name: 'lint', command: ['npm', 'run', 'lint'], counts: 'one' },
  {
    name: 'tests',
    command: ['npm', 'test'],
    counts: 'tests',
    env: { SALLYPORT_RECORD: testRecord },
  },
  {
    name: 'endurance',
    command: ['npm', 'run', 'test:endurance'],
    counts: 'tests',
    env: { SALLYPORT_RECORD: testRecord },
  },
  {
    name: 'smoke',
    command: ['npm', 'exec', '--', 'node', 'tools/smoke-local.ts'],
    counts: 'tests',
  },
  // It prints what has changed against the recorded figures, and fails only when it cannot measure.
  { name: 'bench', command: ['npm', 'exec', '--', 'node', 'tools/bench-change.ts'], counts: 'one' },
  { name: 'generated files', command: ['npm', 'run', 'check-generated'], counts: 'one' },
  {
    name: 'synthesis',
    command: ['npm', 'exec', '--', 'node', 'infra/app.ts'],
    counts: 'one',
    env: { CDK_OUTDIR: assembly },
  },
  {
    name: 'cfn-lint',
    // W3005: the CDK writes a DependsOn on each function's role beside the reference that implies it.
    command: [cfnLint, '--ignore-checks', 'W3005', '--', `${assembly}/**/*.template.json`],
    counts: 'one',
    needs: cfnLint,
  },
]
