/** Runs one instance of a function inside a worker thread, as Lambda's Node runtime would: one event after the other. */
import { format } from 'node:util'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Context } from 'aws-lambda'
import { followClock } from './clock.ts'
import type {
  FunctionError,
  InstanceMessage,
  InstanceSettings,
  InvokeMessage,
} from './lambda-messages.ts'
import type { LogLevel } from './log.ts'

type Handler = (event: unknown, context: Context) => unknown

const levels = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
} as const satisfies Record<string, LogLevel>

let requestId: string | undefined

function sendConsoleTo(send: (message: InstanceMessage) => void): void {
  for (const [method, level] of Object.entries(levels)) {
    Reflect.set(console, method, (...values: unknown[]) =>
      send({ kind: 'log', level, requestId, text: format(...values) }),
    )
  }
}

/** What is written past the console goes into the log as it is. */
function sendStdoutTo(send: (message: InstanceMessage) => void): void {
  Reflect.set(process.stdout, 'write', (text: string | Uint8Array): boolean => {
    const lines = String(text)
      .split('\n')
      .filter((line) => line !== '')
    for (const line of lines) send({ kind: 'log', level: 'INFO', requestId, text: line })
    return true
  })
}

const describe = (error: unknown): FunctionError =>
  error instanceof Error
    ? {
        errorType: error.name,
        errorMessage: error.message,
        stackTrace: (error.stack ?? '').split('\n').slice(1),
      }
    : { errorType: typeof error, errorMessage: String(error), stackTrace: [] }

const contextOf = (
  settings: InstanceSettings,
  { requestId, deadline }: InvokeMessage,
  ownTime: () => number,
): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: settings.functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: settings.functionArn,
  memoryLimitInMB: String(settings.memoryMiB),
  awsRequestId: requestId,
  logGroupName: `/aws/lambda/${settings.functionName}`,
  logStreamName: settings.logStream,
  getRemainingTimeInMillis: () => Math.max(0, deadline - ownTime()),
  done: () => {},
  fail: () => {},
  succeed: () => {},
})

async function loadHandler({ entryUrl, exportName }: InstanceSettings): Promise<Handler> {
  const module: Record<string, unknown> = await import(entryUrl)
  const handler = module[exportName]
  if (typeof handler !== 'function') throw new TypeError(`${entryUrl} exports no ${exportName}`)
  return (event, context) => handler(event, context)
}

async function run(port: MessagePort, settings: InstanceSettings): Promise<void> {
  const send = (message: InstanceMessage) => port.postMessage(message)
  sendConsoleTo(send)
  sendStdoutTo(send)
  const ownTime = followClock(settings.clock)
  const handler = await loadHandler(settings)
  port.on('message', async (message: InvokeMessage) => {
    requestId = message.requestId
    process.env['_X_AMZN_TRACE_ID'] = message.trace === undefined ? '' : `Root=${message.trace}`
    try {
      const result = await handler(JSON.parse(message.event), contextOf(settings, message, ownTime))
      send({ kind: 'answered', payload: JSON.stringify(result) })
    } catch (error) {
      send({ kind: 'failed', error: describe(error) })
    }
  })
  send({ kind: 'ready' })
}

if (parentPort) await run(parentPort, workerData)
