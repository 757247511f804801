import { join } from 'node:path'
import type { AwsEndpoint } from './aws-endpoint.ts'
import { type EventSources, startEventSources } from './event-sources.ts'
import type { Functions } from './lambda.ts'
import type { Log } from './log.ts'
import { startQueueSources } from './queue-sources.ts'
import { type Schedules, startSchedules } from './schedules.ts'
import type { LocalSystem } from './template.ts'

/** What calls functions without being asked: the table's stream, queues and the clock. */
export interface Triggers
  extends Pick<EventSources, 'killReaders' | 'close'>,
    Pick<Schedules, 'fire'> {}

export interface TriggersOptions {
  readonly system: LocalSystem
  readonly aws: Pick<AwsEndpoint, 'url' | 'directory'>
  readonly functions: Pick<Functions, 'invoke'>
  readonly log: Log
}

export async function startTriggers({ aws, ...parts }: TriggersOptions): Promise<Triggers> {
  const directory = join(aws.directory, 'checkpoints')
  const schedules = startSchedules(parts)
  const stopQueues = startQueueSources({ ...parts, awsEndpoint: aws.url })
  const { killReaders, close } = await startEventSources({
    ...parts,
    awsEndpoint: aws.url,
    directory,
  })
  return {
    killReaders,
    fire: schedules.fire,
    async close() {
      schedules.close()
      stopQueues()
      await close()
    },
  }
}
