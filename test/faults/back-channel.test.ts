import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { WorkerName } from '#infra/workers.ts'
import { createClock, followClock } from '#local/clock.ts'
import type { FaultRule } from '#local/faults.ts'
import { type LocalCloud, startLocalCloud } from '#local/start.ts'
import { openRequests, Till } from '../support/backchannel.ts'
import { type ListeningApp, startListeningApp } from '../support/listening-app.ts'
import { registerLike } from '../support/own-client.ts'
import { basic, callback, RelyingParty } from '../support/relying-party.ts'
import { type CallKind, kindOf, nameOf } from './support/call-kind.ts'

const configFile = fileURLToPath(new URL('./configuration.json', import.meta.url))
const tenant = 'vault'

/** How long everything fails that fails for good, until somebody has seen to it. */
const outage = 3000

let cloud: LocalCloud
let app: ListeningApp
let ada: Awaited<ReturnType<typeof openRequests>>
/** What the audit log holds of what each client was told, or could not be told. */
const written = {
  delivered: new Map<string, Set<string>>(),
  undelivered: new Map<string, Set<string>>(),
}

beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, https: false, configFile })
  app = await startListeningApp()
  ada = await openRequests(cloud.origin, 'ada@example.com', tenant)
  cloud.aws.onRecord(({ newImage }) => {
    const event = { id: '', client: '', activity: '', ...Object(newImage?.['event']) }
    const [, outcome] = /^(?:logout|ping)-(delivered|undelivered)$/.exec(event.activity) ?? []
    if (outcome !== 'delivered' && outcome !== 'undelivered') return
    const known = written[outcome].get(event.client) ?? new Set()
    written[outcome].set(event.client, known.add(event.id))
  })
})
afterAll(() => Promise.all([cloud?.close(), app?.close()]))

/** Why a client has to be told something; the client is a trial's own. */
type Occasion = (address: string) => Promise<string>

const own = (model: string, more: Parameters<typeof registerLike>[2]) => {
  const { url: endpoint, operator: credentials } = cloud.aws
  return registerLike({ endpoint, region: 'us-east-1', credentials }, [tenant, model], more)
}

/** Somebody signs in at the client, and out again. */
const signOut: Occasion = async (backchannelUri) => {
  const id = await own('web', { logout: { backchannelUri } })
  const party = new RelyingParty(cloud.origin, tenant)
  const code = await party.code({ client_id: id })
  const form = { grant_type: 'authorization_code', code, redirect_uri: callback }
  const { body } = await party.token(form, basic(id, 'web-secret'))
  await party.signOut(String(body['id_token']))
  return id
}

/** Somebody answers what the client has asked for. */
const answer: Occasion = async (notificationEndpoint) => {
  const id = await own('till', {
    backchannelAuthentication: { deliveryMode: 'ping', notificationEndpoint },
  })
  const binding_message = randomUUID()
  const till = new Till(cloud.origin, { id, secret: 'web-secret' }, tenant)
  await till.authReqId({ binding_message, client_notification_token: 'token' })
  await ada.press('deny', binding_message)
  return id
}

/** Waits until the client has heard and it is written down, and answers how often each came. */
async function outcomeOf(occasion: Occasion) {
  const path = `/${randomUUID()}`
  const id = await occasion(`${app.origin}${path}`)
  const now = () => ({
    heard: app.heard.filter((request) => request.path === path).length,
    written: written.delivered.get(id)?.size ?? 0,
  })
  for (let looks = 0; looks < 400 && !(now().heard && now().written); looks += 1) await pause(50)
  return now()
}

/** The event source takes messages from the queue under the worker's role, as Lambda does. */
const isOfQueue = ({ action }: CallKind): boolean => action === 'ReceiveMessage'

/** The AWS calls that a worker makes for one notice. */
async function callsOf(worker: WorkerName, occasion: Occasion): Promise<readonly CallKind[]> {
  const found = new Map<string, CallKind>()
  const stop = cloud.aws.onAttempt((call) => {
    if (call.function !== worker || isOfQueue(call)) return
    found.set(nameOf(kindOf(call)), kindOf(call))
  })
  await outcomeOf(occasion)
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

interface Trial {
  readonly worker: WorkerName
  readonly occasion: Occasion
  readonly kind: CallKind
  readonly accident: Accident
}

/** One notice while a call of a worker fails. */
async function suffer({ worker, occasion, kind, accident }: Trial) {
  const { faults, lasts, kills } = accident
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
  const outcome = await outcomeOf(occasion)
  stop()
  clear()
  return outcome
}

/**
 * More than once is allowed, as a queue does it; each time is written down.
 *
 * A message whose delivery fails for long comes again when its visibility ends, minutes later.
 */
test.each<[string, WorkerName, Occasion, readonly Accident[]]>([
  ['back-channel logout section 2.5', 'workers.notice-fanout', signOut, [...passing, ...lasting]],
  ['back-channel logout section 2.5', 'workers.notice-delivery', signOut, passing],
  ['ciba core section 10.2', 'workers.notice-delivery', answer, passing],
])(
  '%s: whatever AWS call of %s fails, the app hears, and it is written down',
  {
    timeout: 240_000,
  },
  async (_, worker, occasion, accidents) => {
    const calls = await callsOf(worker, occasion)
    expect(calls.length).toBeGreaterThan(1)
    const findings: string[] = []
    for (const kind of calls) {
      for (const accident of accidents) {
        const outcome = await suffer({ worker, occasion, kind, accident })
        const found = `heard ${outcome.heard} times, written down ${outcome.written} times`
        if (!outcome.heard || !outcome.written) {
          findings.push(`${nameOf(kind)}, ${accident.title}: ${found}`)
        }
      }
    }
    expect(findings).toEqual([])
  },
)

test('ciba core section 10.2: a client that stays away becomes a dead letter, which is written down', async () => {
  const deadLetters = () =>
    cloud.aws.queues().find(({ name }) => name.includes('NoticesUndelivered'))?.visible
  expect(deadLetters()).toBe(0)
  const gone = await startListeningApp()
  await gone.close()
  // The queue is in this thread and has its time: the pauses take none.
  const clock = createClock()
  const ownTime = followClock(clock.shared)
  const stop = cloud.aws.onAttempt(({ action }) => {
    if (action === 'ChangeMessageVisibility') setTimeout(() => clock.advance(60), 50)
  })
  onTestFinished(() => {
    stop()
    Date.now = ownTime
  })
  const id = await answer(`${gone.origin}/called`)
  const isGivenUp = () => deadLetters() !== 0 && written.undelivered.has(id)
  for (let looks = 0; looks < 400 && !isGivenUp(); looks += 1) await pause(50)
  expect(deadLetters()).toBe(1)
  expect(written.undelivered.get(id)?.size).toBe(1)
  expect(written.delivered.has(id)).toBe(false)
}, 60_000)
