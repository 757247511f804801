import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../tools/free-port.ts'
import type { Environment } from './replacement.ts'

/** There is nothing to keep the table in; the message says in one line what to do. */
export class EngineUnavailable extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'EngineUnavailable'
  }
}

export interface Engine {
  readonly url: string
  close(): Promise<void>
}

const packageName = `@dynoxide/${process.platform}-${process.arch}`

function packagedEngine(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`)
    return join(dirname(manifest), 'dynoxide')
  } catch {
    return ''
  }
}

/** The engine's binary: from its npm package, or else from the `PATH`. */
export function findEngine(environment: Environment, packaged = packagedEngine()): string {
  const onPath = (environment['PATH'] ?? '')
    .split(delimiter)
    .map((directory) => join(directory, 'dynoxide'))
  const found = [packaged, ...onPath].find((path) => path !== '' && existsSync(path))
  if (found !== undefined) return found
  throw new EngineUnavailable(
    `No DynamoDB engine: the npm package ${packageName} is not installed and there is no dynoxide ` +
      'on the PATH; set AWS_ENDPOINT_URL_DYNAMODB to the URL of another engine',
  )
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null

async function listening(child: ChildProcess, port: number): Promise<boolean> {
  const deadline = Date.now() + 15_000
  while (!hasEnded(child) && Date.now() < deadline) {
    if (await accepts(port)) return !hasEnded(child)
    await delay(10)
  }
  return false
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (hasEnded(child)) resolve()
    else child.once('exit', () => resolve())
  })

function argumentsOf(port: number, dataDirectory: string | undefined): readonly string[] {
  const serve = ['serve', '--port', String(port)]
  if (dataDirectory === undefined) return serve
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  return [...serve, '--db-path', join(dataDirectory, 'dynamodb.sqlite')]
}

/**
 * Starts the engine on a free port of loopback; without a directory its tables are in memory.
 *
 * @throws EngineUnavailable when there is none, or when it does not start
 */
export async function startEngine(
  environment: Environment,
  dataDirectory?: string,
): Promise<Engine> {
  const binary = findEngine(environment)
  // The engine cannot say which port it took of its own.
  const port = await freePort()
  const child = spawn(binary, argumentsOf(port, dataDirectory), {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const lines: string[] = []
  child.on('error', (cause) => lines.push(cause.message))
  child.stderr.on('data', (chunk) => lines.splice(0, lines.length - 20, String(chunk)))
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const close = async () => {
    process.off('exit', kill)
    child.kill('SIGTERM')
    await ended(child)
  }
  if (await listening(child, port)) return { url: `http://127.0.0.1:${port}`, close }
  await close()
  throw new EngineUnavailable(`${binary} did not start: ${lines.join(' ').trim() || 'no answer'}`)
}
