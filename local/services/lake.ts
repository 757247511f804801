import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { LocalSystem } from '../template.ts'
import { createAthena } from './athena.ts'
import { createFirehose } from './firehose.ts'
import { createS3 } from './s3.ts'
import { createS3Files } from './s3-files.ts'
import type { LocalService } from './service.ts'
import { createSqs } from './sqs.ts'
import type { QueueLength } from './sqs-queue.ts'

/** The services that keep files, or read them, and where those are. */
export interface Lake {
  readonly services: readonly LocalService[]
  readonly directory: string
  /** What waits in the queues. */
  queues(): readonly QueueLength[]
  /** Goes on, once the endpoint listens, with what was accepted before a restart. */
  resume(): void
  /** @returns how many processes were killed */
  killDelivery(): number
  /** Removes files that were not to be kept. */
  close(): Promise<void>
}

export interface LakeOptions {
  readonly system: LocalSystem
  readonly dataDirectory?: string
  readonly endpointUrl: () => string
}

export function createLake({ system, dataDirectory, endpointUrl }: LakeOptions): Lake {
  const directory = resolve(dataDirectory ?? mkdtempSync(join(tmpdir(), 'sallyport-files-')))
  const files = createS3Files(join(directory, 's3'))
  const firehose = createFirehose({ system, directory: join(directory, 'firehose'), endpointUrl })
  const sqs = createSqs(system)
  return {
    services: [createS3(system, files), firehose, createAthena(system, files), sqs],
    directory,
    queues: sqs.lengths,
    resume: firehose.resume,
    killDelivery: firehose.killDelivery,
    async close() {
      if (dataDirectory === undefined) rmSync(directory, { recursive: true, force: true })
    },
  }
}
