import { z } from 'zod'
import type { Configuration } from '#shared/configuration/document.ts'
import { issuerOf } from '#shared/configuration/issuer.ts'
import type { AwsEndpoint } from './aws-endpoint.ts'
import type { LocalClock } from './clock.ts'
import { createEventFeed } from './event-feed.ts'
import { createEventTally } from './event-tally.ts'
import { createKill } from './kill.ts'
import type { Functions } from './lambda.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { StartOptions } from './options.ts'
import type { ShownCaller } from './pages/facts.ts'
import { shownMails, shownTenants } from './pages/gather-facts.ts'
import { createSite } from './pages/site.ts'
import type { Action } from './pages/site-actions.ts'
import type { Listener } from './server.ts'
import type { LocalSystem } from './template.ts'
import type { Triggers } from './triggers.ts'

export interface SiteParts {
  readonly origin: string
  readonly options: StartOptions
  readonly configuration: Configuration
  readonly aws: AwsEndpoint
  readonly functions: Functions
  readonly clock: LocalClock
  readonly system: Pick<LocalSystem, 'region'>
  readonly triggers: Triggers
  readonly log: Log
  readonly metrics: Metrics
}

/** The client id that the demo app has in the built-in document. */
const demoClientId = 'demo-app'

/** The first tenant that knows the demo app. */
export const demoTenantOf = ({ tenants }: Configuration) =>
  tenants.find(({ clients }) => clients.some(({ client_id }) => client_id === demoClientId))

/** Makes the developer's pages of the parts that are running. */
export function createDeveloperSite(parts: SiteParts): Promise<Listener> {
  const { origin, options, configuration, aws, functions, triggers, clock, log, metrics } = parts
  const { region } = parts.system
  const isDemo = options.configFile === undefined
  const tenants = shownTenants(configuration, origin, isDemo)
  const demoTenant = demoTenantOf(configuration)
  const feed = createEventFeed()
  const tally = createEventTally()
  aws.onRecord((record) => {
    feed.accept(record)
    tally.accept(record)
  })
  const callers = countCalls(aws)
  return createSite({
    demo: demoTenant && { issuer: issuerOf(origin, demoTenant.id), clientId: demoClientId },
    facts: () => ({
      origin,
      dataDirectory: options.dataDirectory,
      hasDemoApp: demoTenant !== undefined,
      tenants,
      mails: shownMails(aws.inbox()),
      events: feed.events(),
      tallies: tally.lastHour(Date.now() + clock.aheadSeconds() * 1000),
      functions: functions.statistics(),
      callers: callers(),
      faults: aws.faults.list(),
      metrics: metrics.summaries(),
      queues: aws.queues(),
    }),
    api: {
      functions: functions.statistics,
      usage: aws.usage,
      consumption: aws.consumption,
      calls: () => aws.calls,
      logs: log.lines,
      mails: aws.inbox,
      faults: aws.faults.list,
      metrics: metrics.summaries,
      queues: aws.queues,
      clock: () => ({ aheadSeconds: clock.aheadSeconds() }),
      operator: () => ({ endpoint: aws.url, region, credentials: aws.operator }),
      'log-bytes': log.bytes,
    },
    actions: {
      'POST faults': aws.faults.set,
      'POST faults/clear': clearFaults(aws),
      'DELETE faults': clearFaults(aws),
      'POST kill': createKill(parts),
      'POST clock': async (input) => clock.advance(advanced.parse(input).seconds),
      'POST fire': async (input) => ({ outcomes: await triggers.fire(fired.parse(input).rule) }),
    },
  })
}

/** By how much the functions' clock is turned forward. */
const advanced = z.strictObject({ seconds: z.number().min(0) })

/** A rule of EventBridge, by its name or by that of the function that it calls. */
const fired = z.strictObject({ rule: z.string() })

/** Clears the fault of an id, or all. */
const clearFaults =
  ({ faults }: AwsEndpoint): Action =>
  (input) =>
    faults.clear(z.strictObject({ id: z.string().optional() }).parse(input).id)

interface Decisions {
  readonly allowed: number
  readonly denied: number
}

/** Counts every call, also those that are no longer kept one by one. */
function countCalls(aws: AwsEndpoint): () => readonly ShownCaller[] {
  const callers = new Map<string, Map<string, Decisions>>()
  aws.onCall(({ caller, action, allowed }) => {
    const actions = callers.get(caller) ?? new Map<string, Decisions>()
    const before = actions.get(action) ?? { allowed: 0, denied: 0 }
    const decision = allowed ? 'allowed' : 'denied'
    actions.set(action, { ...before, [decision]: before[decision] + 1 })
    callers.set(caller, actions)
  })
  return () =>
    sorted(callers).map(([name, actions]) => ({
      name,
      actions: sorted(actions).map(([action, counts]) => ({ action, ...counts })),
    }))
}

const sorted = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].toSorted(([left], [right]) => left.localeCompare(right))
