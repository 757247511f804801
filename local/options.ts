import { parseArgs } from 'node:util'

export interface StartOptions {
  readonly port: number
  readonly https: boolean
  /** Where clients are asked for their certificates; without it nowhere. */
  readonly mtlsPort?: number
  /** Lets anybody fail to sign in as often as he likes, which official suites do. */
  readonly liftsRateLimits?: boolean
  /** A configuration document; without it the built-in demo. */
  readonly configFile?: string
  /** Keeps the table and the files between runs; without it everything is in memory. */
  readonly dataDirectory?: string
}

/** What the developer got wrong: one line, and exit code 2. */
export class StartError extends Error {}

export const helpText = `Runs Sallyport on this computer, from the very template that would be deployed.

Usage: npm start -- [options]

  --port PORT       listen on this port of localhost (default 9000)
  --https           serve with a self-signed certificate, made on the spot
  --mtls-port PORT  listen here too, over TLS, and ask clients for their certificates
  --no-rate-limits  let passwords be wrong as often as a test suite likes
  --config FILE     set up the tenants of this configuration document, not the demo
  --data DIR        keep the data in this folder; without it everything is in memory
  --help            show this text
`

const flags = {
  port: { type: 'string', default: '9000' },
  https: { type: 'boolean', default: false },
  'mtls-port': { type: 'string' },
  'no-rate-limits': { type: 'boolean', default: false },
  config: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/**
 * Reads the command line.
 *
 * @throws StartError on an unknown flag or a bad value
 */
export function parseOptions(args: readonly string[]): StartOptions | 'help' {
  const values = parseFlags(args)
  if (values.help) return 'help'
  return {
    port: parsePort('--port', values.port),
    https: values.https,
    ...(values['mtls-port'] !== undefined && {
      mtlsPort: parsePort('--mtls-port', values['mtls-port']),
    }),
    ...(values['no-rate-limits'] && { liftsRateLimits: true }),
    ...(values.config !== undefined && { configFile: parsePath('--config', values.config) }),
    ...(values.data !== undefined && { dataDirectory: parsePath('--data', values.data) }),
  }
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: false }).values
  } catch (error) {
    const [firstSentence] = error instanceof Error ? error.message.split('. ') : [String(error)]
    throw new StartError(`${firstSentence}; --help shows the flags`)
  }
}

function parsePort(flag: string, text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new StartError(`${flag} wants a number from 1 to 65535, not '${text}'`)
}

function parsePath(flag: string, text: string): string {
  if (text !== '') return text
  throw new StartError(`${flag} wants a path`)
}
