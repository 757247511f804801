import { parseArgs } from 'node:util'

export interface StartOptions {
  readonly port: number
  readonly https: boolean
  /** A configuration document; without it the built-in demo. */
  readonly configFile?: string
  /** Keeps the table and the files between runs; without it everything is in memory. */
  readonly dataDirectory?: string
}

/** What the developer got wrong: one line, and exit code 2. */
export class StartError extends Error {}

export const helpText = `Runs Sallyport on this computer, from the very template that would be deployed.

Usage: npm start -- [options]

  --port PORT    listen on this port of localhost (default 9000)
  --https        serve with a self-signed certificate, made on the spot
  --config FILE  set up the tenants of this configuration document, not the demo
  --data DIR     keep the data in this folder; without it everything is in memory
  --help         show this text
`

const flags = {
  port: { type: 'string', default: '9000' },
  https: { type: 'boolean', default: false },
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
    port: parsePort(values.port),
    https: values.https,
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

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new StartError(`--port wants a number from 1 to 65535, not '${text}'`)
}

function parsePath(flag: string, text: string): string {
  if (text !== '') return text
  throw new StartError(`${flag} wants a path`)
}
