import { randomUUID } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { bundleForWorker } from './bundle.ts'
import { createClock, type LocalClock } from './clock.ts'
import { type Outcome, startInstance } from './lambda-instance.ts'
import type { InstanceSettings } from './lambda-messages.ts'
import {
  createPool,
  type InstanceSelection,
  type Pool,
  type PoolStatistics,
} from './lambda-pool.ts'
import { type Log, levelOf, parseMessage } from './log.ts'
import type { LocalFunction } from './template.ts'

export interface FunctionStatistics extends PoolStatistics {
  readonly name: string
  readonly memoryMiB: number
}

export interface InvocationFacts {
  readonly requestId?: string
  /** Root of the trace that the event belongs to. */
  readonly trace?: string
}

export interface KillSelection extends InstanceSelection {
  /** Of this function only. */
  readonly function?: string
}

export interface Functions {
  /** @throws Error when no function has the name */
  invoke(name: string, event: unknown, facts?: InvocationFacts): Promise<Outcome>
  /** Ends instances at once, whatever they do; answers how many. */
  kill(selection?: KillSelection): Promise<number>
  /** The next event of a trace gets an instance that has served nothing yet. */
  startCold(trace: string): void
  statistics(): readonly FunctionStatistics[]
  close(): Promise<void>
}

export interface FunctionsOptions {
  readonly functions: readonly LocalFunction[]
  readonly awsEndpoint: string
  readonly region: string
  readonly accountId: string
  /** What only a developer's own computer tells its functions. */
  readonly environment?: Readonly<Record<string, string>>
  readonly log: Log
  readonly clock?: LocalClock
  /** Instances of one function at most. */
  readonly capacity?: number
}

/** Runs the built assets of the template's functions, each started when it is first asked for. */
export async function startFunctions(options: FunctionsOptions): Promise<Functions> {
  const worker = await bundleForWorker('local/lambda-worker.ts')
  const coldTraces = new Set<string>()
  const running = new Map(
    options.functions.map((fn) => [fn.name, { fn, pool: poolOf(fn, worker, options) }]),
  )
  return {
    async invoke(name, event, { requestId = randomUUID(), trace } = {}) {
      const found = running.get(name)
      if (!found) throw new Error(`no function is named ${name}`)
      const { fn, pool } = found
      const isCold = trace !== undefined && coldTraces.delete(trace)
      const message = () => ({
        requestId,
        event: JSON.stringify(event),
        ...(trace !== undefined && { trace }),
        deadline: Date.now() + fn.timeoutSeconds * 1000,
      })
      const outcome = await pool.invoke(message, isCold)
      reportFailure(outcome, fn, requestId, options.log)
      return outcome
    },
    async kill({ function: name, ...selection } = {}) {
      const named = [...running.values()].filter(({ fn }) => name === undefined || fn.name === name)
      const killed = await Promise.all(named.map(({ pool }) => pool.kill(selection)))
      return killed.reduce((sum, count) => sum + count, 0)
    },
    startCold(trace) {
      coldTraces.add(trace)
    },
    statistics: () =>
      [...running.values()].map(({ fn, pool }) => ({
        name: fn.name,
        memoryMiB: fn.memoryMiB,
        ...pool.statistics(),
      })),
    async close() {
      await Promise.all([...running.values()].map(({ pool }) => pool.close()))
    },
  }
}

function poolOf(fn: LocalFunction, worker: URL, options: FunctionsOptions): Pool {
  const { capacity = 8, log } = options
  const start = () => {
    const settings = settingsOf(fn, options)
    return startInstance({
      worker,
      settings,
      environment: environmentOf(fn, settings, options),
      log(printedAs, text, requestId) {
        const message = parseMessage(text)
        log.append({
          timestamp: new Date().toISOString(),
          level: levelOf(message, printedAs),
          function: fn.name,
          ...(requestId !== undefined && { requestId }),
          message,
        })
      },
    })
  }
  return createPool(start, capacity)
}

function settingsOf(
  fn: LocalFunction,
  { region, accountId, clock = createClock() }: FunctionsOptions,
): InstanceSettings {
  const [file = 'index', exportName = 'handler'] = fn.handler.split('.')
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/')
  return {
    entryUrl: pathToFileURL(`${fn.assetPath}/${file}.mjs`).href,
    exportName,
    functionName: fn.logicalId,
    functionArn: `arn:aws:lambda:${region}:${accountId}:function:${fn.logicalId}`,
    memoryMiB: fn.memoryMiB,
    clock: clock.shared,
    logStream: `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`,
  }
}

/**
 * What Lambda sets, then what the template sets; nothing of this process.
 *
 * `HOME` keeps the SDK away from the developer's own AWS profile.
 *
 * @spec https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
const environmentOf = (
  fn: LocalFunction,
  settings: InstanceSettings,
  { region, awsEndpoint, environment }: FunctionsOptions,
): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: fn.accessKeyId,
  AWS_SECRET_ACCESS_KEY: fn.accessKeyId,
  AWS_ENDPOINT_URL: awsEndpoint,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: settings.functionName,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMiB),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.functionName}`,
  AWS_LAMBDA_LOG_STREAM_NAME: settings.logStream,
  LAMBDA_TASK_ROOT: fn.assetPath,
  _HANDLER: fn.handler,
  HOME: fn.assetPath,
  TZ: ':UTC',
  ...fn.environment,
  ...environment,
})

function reportFailure(outcome: Outcome, fn: LocalFunction, requestId: string, log: Log): void {
  if (outcome.kind === 'answered') return
  const message =
    outcome.kind === 'timed-out'
      ? `Task timed out after ${fn.timeoutSeconds.toFixed(2)} seconds`
      : `Invocation failed: ${outcome.reason}`
  const timestamp = new Date().toISOString()
  log.append({ timestamp, level: 'FATAL', function: fn.name, requestId, message })
}
