import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { bundleForWorker } from './bundle.ts'
import type { InvocationAnswer, ReaderMessage, ReaderSettings } from './event-source-messages.ts'
import type { Functions } from './lambda.ts'
import type { Log } from './log.ts'
import type { LocalEventSource, LocalSystem } from './template.ts'

/** The template's event source mappings, each with a reader of its own. */
export interface EventSources {
  /** Kills the readers as an accident would; new ones go on from the checkpoints. @returns how many */
  killReaders(): Promise<number>
  close(): Promise<void>
}

export interface EventSourcesOptions {
  readonly system: Pick<LocalSystem, 'eventSources' | 'functions' | 'region' | 'accountId'>
  readonly awsEndpoint: string
  /** Where the checkpoints are kept. */
  readonly directory: string
  readonly functions: Pick<Functions, 'invoke'>
  readonly log: Log
}

interface Reader {
  kill(): Promise<number>
}

export async function startEventSources(options: EventSourcesOptions): Promise<EventSources> {
  const { eventSources } = options.system
  if (eventSources.length === 0) return { killReaders: async () => 0, close: async () => undefined }
  const script = await bundleForWorker('local/event-source-worker.ts')
  const start = (source: LocalEventSource) => startReader(script, source, options)
  const readers = new Map(eventSources.map((source) => [source, start(source)]))
  const killAll = () => Promise.all([...readers.values()].map((reader) => reader.kill()))
  return {
    async killReaders() {
      const killed = await killAll()
      for (const source of eventSources) readers.set(source, start(source))
      return killed.length
    },
    async close() {
      await killAll()
    },
  }
}

function settingsOf(source: LocalEventSource, options: EventSourcesOptions): ReaderSettings {
  const { system, awsEndpoint, directory } = options
  const fn = system.functions.find(({ name }) => name === source.functionName)
  if (!fn) throw new Error(`no function is named ${source.functionName}`)
  return {
    endpoint: awsEndpoint,
    accessKeyId: fn.accessKeyId,
    functionArn: `arn:aws:lambda:${system.region}:${system.accountId}:function:${fn.logicalId}`,
    source,
    checkpointFile: join(directory, `${source.id}.json`),
  }
}

function startReader(script: URL, source: LocalEventSource, options: EventSourcesOptions): Reader {
  const { functions, log } = options
  const worker = new Worker(script, {
    name: `stream reader of ${source.functionName}`,
    workerData: settingsOf(source, options),
    env: {},
    execArgv: [],
  })
  const report = (message: string) =>
    log.append({
      timestamp: new Date().toISOString(),
      level: 'ERROR',
      function: source.functionName,
      message: `stream reader: ${message}`,
    })
  worker.on('message', async (message: ReaderMessage) => {
    if (message.kind === 'trouble') return report(message.text)
    const outcome = await functions.invoke(source.functionName, message.event)
    worker.postMessage({ id: message.id, outcome } satisfies InvocationAnswer)
  })
  worker.on('error', (error) => report(String(error)))
  return { kill: () => worker.terminate() }
}
