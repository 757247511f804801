import { parseArgs } from 'node:util'

export interface BenchOptions {
  /** Where the result goes as data. */
  readonly json: string | undefined
  /** Makes the result the reference: recorded.json and RESULTS.md. */
  readonly record: boolean
  readonly rounds: number
  readonly tenants: number
}

export const helpText = `Measures what Sallyport costs: load time, processor time, AWS calls and the bill.

Usage: npm run bench -- [options]

  --json FILE    write the result as data, too
  --record       make the result the reference that changes are told against
  --rounds N     rounds of each measurement (default 15)
  --tenants N    idle tenants to load into the table (default 100000; 0 leaves that out)
  --help         show this text
`

const flags = {
  json: { type: 'string' },
  record: { type: 'boolean', default: false },
  rounds: { type: 'string', default: '15' },
  tenants: { type: 'string', default: '100000' },
  help: { type: 'boolean', default: false },
} as const

/** Reads the command line. @throws TypeError on an unknown flag or a bad number */
export function parseOptions(args: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({ args: [...args], options: flags })
  if (values.help) return 'help'
  return {
    json: values.json,
    record: values.record,
    rounds: count('--rounds', values.rounds, 1),
    tenants: count('--tenants', values.tenants, 0),
  }
}

function count(flag: string, text: string, least: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least) return number
  throw new TypeError(`${flag} wants a number from ${least}, not '${text}'`)
}
