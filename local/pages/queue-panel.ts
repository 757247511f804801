import { type Html, html } from '#shared/signin/views/html.ts'
import type { QueueLength } from '../services/sqs-queue.ts'
import { table } from './table.ts'

/** What waits in the queues, and what was given up. */
export const queuePanel = (queues: readonly QueueLength[]): Html =>
  table(
    ['Queue', 'Waiting', 'Being handled or postponed'],
    queues.map(({ name, visible, hidden }) => [
      html`<code>${name}</code>`,
      String(visible),
      String(hidden),
    ]),
  )
