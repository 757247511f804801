/** Runs one event source's reader in a thread of its own, so that it can be killed at any instruction. */
import { randomUUID } from 'node:crypto'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { createEndpointClient } from './endpoint-client.ts'
import { openCheckpoints } from './event-source-checkpoints.ts'
import type { InvocationAnswer, ReaderMessage, ReaderSettings } from './event-source-messages.ts'
import { followEventSource } from './event-source-reader.ts'
import type { Outcome } from './lambda-instance.ts'

async function run(port: MessagePort, settings: ReaderSettings): Promise<never> {
  const waiting = new Map<string, (outcome: Outcome) => void>()
  const send = (message: ReaderMessage) => port.postMessage(message)
  port.on('message', ({ id, outcome }: InvocationAnswer) => {
    waiting.get(id)?.(outcome)
    waiting.delete(id)
  })
  return followEventSource({
    settings,
    client: createEndpointClient(settings),
    checkpoints: openCheckpoints(settings.checkpointFile),
    invoke: (event) =>
      new Promise((resolve) => {
        const id = randomUUID()
        waiting.set(id, resolve)
        send({ kind: 'invoke', id, event })
      }),
    onTrouble: (error) => send({ kind: 'trouble', text: String(error) }),
  })
}

if (parentPort) await run(parentPort, workerData)
