import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import type { InstanceMessage, InstanceSettings, InvokeMessage } from './lambda-messages.ts'
import type { LogLevel } from './log.ts'

export type Outcome =
  | { readonly kind: 'answered'; readonly payload: unknown }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'timed-out' }

export type InstanceLog = (level: LogLevel, text: string, requestId?: string) => void

/** One execution environment: takes one event at a time. */
export interface Instance {
  invoke(message: InvokeMessage): Promise<Outcome>
  /** False once the thread has ended; it then takes no event any more. */
  isAlive(): boolean
  stop(): Promise<void>
}

export interface InstanceOptions {
  readonly worker: URL
  readonly settings: InstanceSettings
  readonly environment: Readonly<Record<string, string>>
  readonly log: InstanceLog
}

/** Lambda gives the code outside of the handler ten seconds. */
const initMilliseconds = 10_000

/**
 * Starts an instance and waits until its handler is loaded.
 *
 * @throws Error when the code outside of the handler fails or takes too long
 */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const worker = startWorker(options)
  const { nextOutcome, end, isAlive } = converse(worker, options.log)
  const init = await nextOutcome(initMilliseconds)
  if (init.kind !== 'answered') {
    throw new Error(init.kind === 'failed' ? init.reason : 'the init phase took too long')
  }
  return {
    isAlive,
    invoke(message) {
      const outcome = nextOutcome(message.deadline - Date.now())
      worker.postMessage(message)
      return outcome
    },
    stop: () => end({ kind: 'failed', reason: 'the instance was stopped' }),
  }
}

interface Conversation {
  /** The next thing that comes of the thread: its answer, its end, or nothing in time, which ends it. */
  nextOutcome(milliseconds: number): Promise<Outcome>
  end(outcome: Outcome): Promise<void>
  isAlive(): boolean
}

function converse(worker: Worker, log: InstanceLog): Conversation {
  let isAlive = true
  let settle: (outcome: Outcome) => void = () => {}

  async function end(outcome: Outcome): Promise<void> {
    isAlive = false
    settle(outcome)
    await worker.terminate()
  }

  worker.on('message', (message: InstanceMessage) => {
    if (message.kind === 'log') log(message.level, message.text, message.requestId)
    else settle(outcomeOf(message, log))
  })
  worker.on('error', (error) => {
    log('FATAL', describe(error))
    void end({ kind: 'failed', reason: describe(error) })
  })
  worker.on('exit', (code) => void end({ kind: 'failed', reason: `the thread ended (${code})` }))

  return {
    end,
    isAlive: () => isAlive,
    nextOutcome: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => void end({ kind: 'timed-out' }), milliseconds)
        settle = (outcome) => {
          clearTimeout(timer)
          resolve(outcome)
        }
      }),
  }
}

/** The thread sees nothing of this process's environment, arguments or standard streams. */
function startWorker({ worker: script, settings, environment, log }: InstanceOptions): Worker {
  const worker = new Worker(script, {
    name: settings.functionName,
    workerData: settings,
    env: environment,
    argv: [],
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: settings.memoryMiB },
  })
  forwardLines(worker.stdout, (line) => log('INFO', line))
  forwardLines(worker.stderr, (line) => log('ERROR', line))
  return worker
}

const forwardLines = (stream: Readable, onLine: (line: string) => void): void => {
  createInterface({ input: stream }).on('line', onLine)
}

function outcomeOf(message: Exclude<InstanceMessage, { kind: 'log' }>, log: InstanceLog): Outcome {
  if (message.kind === 'ready') return { kind: 'answered', payload: undefined }
  if (message.kind === 'failed') {
    log('ERROR', JSON.stringify(message.error))
    return { kind: 'failed', reason: `${message.error.errorType}: ${message.error.errorMessage}` }
  }
  const { payload } = message
  return { kind: 'answered', payload: payload === undefined ? undefined : JSON.parse(payload) }
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)
