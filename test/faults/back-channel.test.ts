import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkerName } from '#infra/workers.ts'
import type { FaultRule } from '#local/faults.ts'
import { type LocalCloud, startLocalCloud } from '#local/start.ts'
import { type ListeningApp, startListeningApp } from '../support/listening-app.ts'
import { registerLike } from '../support/own-client.ts'
import { basic, callback, claimsOf, RelyingParty } from '../support/relying-party.ts'
import { type CallKind, kindOf, nameOf } from './support/call-kind.ts'

const configFile = fileURLToPath(new URL('./configuration.json', import.meta.url))
const tenant = 'vault'

/** How long everything fails that fails for good, until somebody has seen to it. */
const outage = 3000

let cloud: LocalCloud
let app: ListeningApp
/** What the audit log holds of each client's logouts. */
const delivered = new Map<string, Set<string>>()

beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, https: false, configFile })
  app = await startListeningApp()
  cloud.aws.onRecord(({ newImage }) => {
    const event = { id: '', client: '', activity: '', ...Object(newImage?.['event']) }
    if (event.activity !== 'logout-delivered') return
    delivered.set(event.client, (delivered.get(event.client) ?? new Set()).add(event.id))
  })
})
afterAll(() => Promise.all([cloud?.close(), app?.close()]))

/** Signs somebody in at a client of a trial's own, and out again. */
async function signOut(): Promise<string> {
  const { url: endpoint, operator: credentials } = cloud.aws
  const logout = { backchannelUri: `${app.origin}/logout` }
  const id = await registerLike({ endpoint, region: 'us-east-1', credentials }, [tenant, 'web'], {
    logout,
  })
  const party = new RelyingParty(cloud.origin, tenant)
  const code = await party.code({ client_id: id })
  const form = { grant_type: 'authorization_code', code, redirect_uri: callback }
  const { body } = await party.token(form, basic(id, 'web-secret'))
  await party.signOut(String(body['id_token']))
  return id
}

const heardBy = (id: string): number =>
  app.heard.filter(({ body }) => {
    const token = new URLSearchParams(body).get('logout_token')
    return token !== null && claimsOf(token)['aud'] === id
  }).length

/** Waits until the client has heard and it is written down, and answers how often each came. */
async function outcomeFor(id: string) {
  const now = () => ({ heard: heardBy(id), written: delivered.get(id)?.size ?? 0 })
  for (let looks = 0; looks < 400 && !(now().heard && now().written); looks += 1) await pause(50)
  return now()
}

/** The event source takes messages from the queue under the worker's role, as Lambda does. */
const isOfQueue = ({ action }: CallKind): boolean => action === 'ReceiveMessage'

/** The AWS calls that a worker makes for one logout. */
async function callsOf(worker: WorkerName): Promise<readonly CallKind[]> {
  const found = new Map<string, CallKind>()
  const stop = cloud.aws.onAttempt((call) => {
    if (call.function !== worker || isOfQueue(call)) return
    found.set(nameOf(kindOf(call)), kindOf(call))
  })
  await outcomeFor(await signOut())
  stop()
  return [...found.values()]
}

interface Accident {
  readonly title: string
  readonly faults: readonly Partial<FaultRule>[]
  /** It passes; whatever was met by it has to be done again by whoever woke the worker. */
  readonly lasts?: true
  readonly kills?: true
}

const passing: readonly Accident[] = [
  {
    title: 'throttled, then failing',
    faults: [
      { fault: 'throttle', times: 1 },
      { fault: 'fail', times: 1 },
    ],
  },
  { title: 'its answer lost once', faults: [{ fault: 'drop-response', times: 1 }] },
]

const lasting: readonly Accident[] = [
  { title: 'failing for a while', faults: [{ fault: 'fail' }], lasts: true },
  { title: 'the instance killed', faults: [{ fault: 'delay', milliseconds: 300 }], kills: true },
]

/** One logout while a call of a worker fails. */
async function suffer(worker: WorkerName, kind: CallKind, { faults, lasts, kills }: Accident) {
  const { aws, functions } = cloud
  const rules = faults.map((fault) => aws.faults.set({ ...kind, ...fault, function: worker }))
  const clear = () => {
    for (const { id } of rules) aws.faults.clear(id)
  }
  const stop = aws.onAttempt((call) => {
    if (!kills || call.function !== worker || nameOf(kindOf(call)) !== nameOf(kind)) return
    stop()
    clear()
    void functions.kill({ function: worker })
  })
  if (lasts) setTimeout(clear, outage)
  const outcome = await outcomeFor(await signOut())
  stop()
  clear()
  return outcome
}

/**
 * More than once is allowed, as a queue does it; each time is written down.
 *
 * A message whose delivery fails for long comes again when its visibility ends, minutes later.
 */
test.each<[WorkerName, readonly Accident[]]>([
  ['workers.notice-fanout', [...passing, ...lasting]],
  ['workers.notice-delivery', passing],
])(
  'back-channel logout section 2.5: whatever AWS call of %s fails, the app hears, and it is written down',
  {
    timeout: 240_000,
  },
  async (worker, accidents) => {
    const calls = await callsOf(worker)
    expect(calls.length).toBeGreaterThan(1)
    const findings: string[] = []
    for (const kind of calls) {
      for (const accident of accidents) {
        const { heard, written } = await suffer(worker, kind, accident)
        const found = `heard ${heard} times, written down ${written} times`
        if (!heard || !written) findings.push(`${nameOf(kind)}, ${accident.title}: ${found}`)
      }
    }
    expect(findings).toEqual([])
  },
)
