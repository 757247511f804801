import { parseArgs } from 'node:util'

/** Where the lake is that is asked. */
export type Place =
  /** A running local cloud. */
  | { readonly kind: 'local'; readonly url: string }
  /** The deployment that the AWS credentials lead to. */
  | { readonly kind: 'deployed' }
  /** The local cloud of the default port or, where there is none, the deployment. */
  | { readonly kind: 'either'; readonly url: string }

/** What is asked; `parameters` take the places of the `?` in a query. */
export type Question =
  | { readonly kind: 'query'; readonly sql: string; readonly parameters: readonly string[] }
  | { readonly kind: 'saved'; readonly name: string; readonly parameters: readonly string[] }
  | { readonly kind: 'list' }

export interface AuditOptions {
  readonly place: Place
  readonly question: Question
}

/** What is wrong with the call: exit code 2. */
export class BadCall extends Error {}

const defaultUrl = 'http://localhost:9000'

export const helpText = `Asks the audit lake: a table on a terminal, JSON Lines elsewhere.

Usage: npm run audit -- "select activity, count(*) from audit_events group by 1"
       npm run audit -- --saved NAME [PARAMETER ...]
       npm run audit -- --list

  --saved NAME  run a saved query; each PARAMETER takes the place of a ? in it
  --list        show the saved queries
  --url URL     ask the local cloud there, ${defaultUrl} by default
  --aws         ask the deployment in your AWS account and Region

Where no local cloud runs on the default port, the deployment is asked. Columns: docs/audit.md
`

const flags = {
  saved: { type: 'string' },
  list: { type: 'boolean' },
  url: { type: 'string' },
  aws: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** @throws BadCall */
export function parseOptions(args: readonly string[]): AuditOptions | 'help' {
  const { values, positionals } = parsed(args)
  if (values.help) return 'help'
  return { place: placeOf(values), question: questionOf(values, positionals) }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true })
  } catch {
    throw new BadCall('unknown flag; see npm run audit -- --help')
  }
}

type Values = ReturnType<typeof parsed>['values']

function placeOf({ url, aws }: Values): Place {
  if (url !== undefined && aws) throw new BadCall('--url and --aws name two places')
  if (aws) return { kind: 'deployed' }
  if (url === undefined) return { kind: 'either', url: defaultUrl }
  if (!URL.canParse(url)) throw new BadCall('--url takes a URL, such as http://localhost:8080')
  return { kind: 'local', url: new URL(url).origin }
}

function questionOf({ saved, list }: Values, positionals: readonly string[]): Question {
  if (list && saved === undefined && positionals.length === 0) return { kind: 'list' }
  if (list) throw new BadCall('--list takes nothing else')
  if (saved !== undefined) return { kind: 'saved', name: saved, parameters: positionals }
  const [sql, ...parameters] = positionals
  if (sql === undefined) throw new BadCall('one query is to be asked; see npm run audit -- --help')
  return { kind: 'query', sql, parameters }
}
