import type { Tally } from '../event-tally.ts'
import type { ActiveFault } from '../faults.ts'
import type { FunctionStatistics } from '../lambda.ts'
import type { MetricSummary } from '../metrics.ts'
import type { QueueLength } from '../services/sqs-queue.ts'

export interface ShownUser {
  readonly userName: string
  readonly displayName: string | undefined
  readonly isActive: boolean
  /** Only of the built-in demo, whose passwords everybody may read in the repository. */
  readonly password: string | undefined
}

export interface ShownTenant {
  readonly id: string
  readonly displayName: string
  readonly issuer: string
  readonly users: readonly ShownUser[]
  readonly clientIds: readonly string[]
}

export interface ShownMail {
  readonly time: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** An audit event as the table's stream carried it. */
export interface ShownEvent {
  readonly time: string
  readonly activity: string
  readonly tenant: string
  /** Who, with what client, from where; whatever of it the event names. */
  readonly details: readonly string[]
}

/** The calls of one function, or of the operator. */
export interface ShownCaller {
  readonly name: string
  readonly actions: readonly {
    readonly action: string
    readonly allowed: number
    readonly denied: number
  }[]
}

/** All that the developer's page shows, as it is at the moment of asking. */
export interface DeveloperFacts {
  readonly origin: string
  /** Where the data is kept; `undefined` for memory. */
  readonly dataDirectory: string | undefined
  /** True when there is a client for the demo app. */
  readonly hasDemoApp: boolean
  readonly tenants: readonly ShownTenant[]
  readonly mails: readonly ShownMail[]
  readonly events: readonly ShownEvent[]
  /** Sign-ins and failures of the last hour. */
  readonly tallies: readonly Tally[]
  readonly functions: readonly FunctionStatistics[]
  readonly callers: readonly ShownCaller[]
  readonly faults: readonly ActiveFault[]
  /** What the functions have measured of themselves. */
  readonly metrics: readonly MetricSummary[]
  readonly queues: readonly QueueLength[]
}
