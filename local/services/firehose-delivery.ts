import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { LocalColumn } from '../template.ts'
import { readyFiles } from './firehose-journal.ts'

/** All that the process needs to know; it is told once, as JSON. */
export interface DeliverySettings {
  /** The journal. */
  readonly directory: string
  readonly endpoint: string
  readonly accessKeyId: string
  readonly stream: string
  readonly bucket: string
  readonly prefix: string
  readonly errorPrefix: string
  readonly partitionQuery?: string
  readonly columns: readonly LocalColumn[]
}

/** A process that turns ready files of a journal into Parquet in S3. */
export interface Delivery {
  /** There is something to deliver. */
  wake(): void
  /** Kills the process as an accident would; another one goes on. @returns false when there was none */
  kill(): boolean
  close(): Promise<void>
}

const script = fileURLToPath(new URL('./firehose-process.ts', import.meta.url))

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

/** A process of its own, so that it can be killed at any instruction; started when there is something to do. */
export function createDelivery(settings: () => DeliverySettings): Delivery {
  let child: ChildProcess | undefined
  let isClosed = false

  function start(): ChildProcess {
    const started = fork(script, [JSON.stringify(settings())], {
      execArgv: [],
      env: {},
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    started.once('exit', () => {
      child = undefined
      if (!isClosed && readyFiles(settings().directory).length > 0) wake()
    })
    started.unref()
    started.channel?.unref()
    return started
  }

  function wake(): void {
    if (isClosed) return
    child ??= start()
    child.send('deliver', () => undefined)
  }

  return {
    wake,
    kill: () => child?.kill('SIGKILL') ?? false,
    async close() {
      isClosed = true
      const running = child
      running?.kill('SIGKILL')
      if (running) await ended(running)
    },
  }
}
