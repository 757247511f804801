import { parseArgs } from 'node:util'

/** Who signs in, and through which client. */
export interface Visitor {
  readonly userName: string
  readonly password: string
  readonly clientId: string
  /** Absent for a public client. */
  readonly clientSecret?: string
  readonly redirectUri: string
}

export interface SmokeOptions {
  readonly issuer: string
  /** Without one, what needs a sign-in is skipped. */
  readonly visitor?: Visitor
  /** URL of the HTTP API behind the distribution, which must not answer. */
  readonly executeApi?: string
}

/** What is wrong with the call: exit code 2. */
export class BadCall extends Error {}

export const helpText = `Checks a deployed system from outside.

Usage: npm run smoke -- ISSUER [options]

  --user NAME          who signs in; the password is read from SMOKE_PASSWORD
  --client ID          the client that asks; its secret, if it has one, from SMOKE_CLIENT_SECRET
  --redirect-uri URI   a redirect URI of the client; nothing has to answer there
  --execute-api URL    the HTTP API's own address, which must refuse
  --help               show this text

It signs in once and signs out again; it changes nothing else. What was not given is skipped, and counted.
`

const flags = {
  user: { type: 'string' },
  client: { type: 'string' },
  'redirect-uri': { type: 'string' },
  'execute-api': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

type Environment = Readonly<Record<string, string | undefined>>

/** @throws BadCall for what the caller can mend */
export function parseOptions(
  args: readonly string[],
  environment: Environment,
): SmokeOptions | 'help' {
  const { values, positionals } = parseCommandLine(args)
  if (values.help) return 'help'
  const [issuer, ...more] = positionals
  if (issuer === undefined || more.length > 0)
    throw new BadCall('exactly one issuer is to be named')
  const visitor = visitorOf(values, environment)
  const executeApi = values['execute-api']
  return {
    issuer: parseIssuer(issuer),
    ...(visitor && { visitor }),
    ...(executeApi !== undefined && { executeApi: executeApi.replace(/\/$/, '') }),
  }
}

function parseCommandLine(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true })
  } catch (error) {
    throw new BadCall(error instanceof Error ? error.message : String(error))
  }
}

/** An issuer is compared byte by byte, so it is taken as it stands. */
function parseIssuer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isIssuer = url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === ''
  if (isIssuer && !text.endsWith('/')) return text
  throw new BadCall(`not an issuer: ${text}; one is like https://id.example.com/acme`)
}

type Values = ReturnType<typeof parseCommandLine>['values']

function visitorOf(values: Values, environment: Environment): Visitor | undefined {
  const { user: userName, client: clientId, 'redirect-uri': redirectUri } = values
  const { SMOKE_PASSWORD: password, SMOKE_CLIENT_SECRET: clientSecret } = environment
  const given = [userName, clientId, redirectUri]
  if (given.every((value) => value === undefined)) return undefined
  if (!userName || !clientId || !redirectUri || !password) {
    throw new BadCall('--user, --client, --redirect-uri and SMOKE_PASSWORD come together')
  }
  return { userName, password, clientId, redirectUri, ...(clientSecret ? { clientSecret } : {}) }
}
