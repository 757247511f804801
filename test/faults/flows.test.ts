import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endpoints } from '#infra/endpoints.ts'
import type { FaultRule } from '#local/faults.ts'
import { type LocalCloud, startLocalCloud } from '#local/start.ts'
import { EventBook } from './support/event-book.ts'
import type { Flow } from './support/flow.ts'
import { commonFlows, signingFlows } from './support/flows.ts'
import { findingOf } from './support/judgement.ts'
import { Places } from './support/places.ts'
import { polledGrantFlows, pollingFlows } from './support/polled-flows.ts'
import { registrationFlows } from './support/registration-flows.ts'
import { pushingFlows, signedResponseFlows } from './support/response-flows.ts'
import { revocationFlows, tokenFlows } from './support/token-flows.ts'
import { type Call, type Misfortune, Subject } from './support/trial.ts'

const configFile = fileURLToPath(new URL('./configuration.json', import.meta.url))

/** Longer than a client waits for one answer. */
const tooLong = 1500

const once = (fault: FaultRule['fault'], more = {}) => ({ fault, times: 1, ...more })

/** A read changes nothing however it fails, so that one trial has room for every kind of failure. */
const misfortunes: readonly Misfortune[] = [
  {
    title: 'throttled, then failing',
    faults: [once('throttle'), once('fail')],
    isTransient: true,
  },
  { title: 'its answer lost once', faults: [once('drop-response')], isTransient: true },
  {
    title: 'late once',
    faults: [once('delay', { milliseconds: tooLong })],
    of: 'writes',
    isTransient: true,
  },
  {
    title: 'its answer lost, then failing, then throttled',
    faults: [once('drop-response'), once('fail'), once('throttle')],
    of: 'reads',
  },
  { title: 'throttled for good', faults: [{ fault: 'throttle' }], of: 'writes' },
  { title: 'failing for good', faults: [{ fault: 'fail' }], of: 'writes' },
  { title: 'its answers lost for good', faults: [{ fault: 'drop-response' }], of: 'writes' },
  {
    title: 'late for good',
    faults: [{ fault: 'delay', milliseconds: tooLong }],
    waits: true,
  },
  { title: 'the instance killed', faults: [once('delay', { milliseconds: 100 })], kills: true },
]

/** More at once would make each so slow that it looks like a fault; those that wait can be more. */
const places = { busy: new Places(5), waiting: new Places(10), cold: new Places(2) }

/** A cold start is the machine's work, whatever comes after it. */
const placesFor = ({ isCold }: Call, { waits }: Misfortune): Places =>
  isCold ? places.cold : places[waits ? 'waiting' : 'busy']

const isWrite = ({ name }: Call): boolean => /:(Put|Update)Item/.test(name)

/** The cold calls first: to make an instance cold would disturb the warm ones. */
async function tryAll(subject: Subject, isTried: (call: Call) => boolean) {
  const calls = (await subject.calls()).filter(isTried)
  const trials = []
  for (const isCold of [true, false]) {
    const cases = calls
      .filter((call) => call.isCold === isCold)
      .flatMap((call) =>
        misfortunes
          .filter(({ of }) => of === undefined || (of === 'writes') === isWrite(call))
          .map((misfortune) => ({ call, misfortune })),
      )
    const tried = cases.map(({ call, misfortune }) =>
      placesFor(call, misfortune).run(async () => ({
        call,
        misfortune,
        trial: await subject.trial(call, misfortune),
      })),
    )
    trials.push(...(await Promise.all(tried)))
  }
  return trials
}

/** Subjects of one endpoint share its instances, and take turns. */
const turns = new Map<string, Places>()

function inTurn<Result>({ endpoint }: Flow, work: () => Promise<Result>): Promise<Result> {
  const turn = turns.get(endpoint) ?? new Places(1)
  turns.set(endpoint, turn)
  return turn.run(work)
}

interface World {
  readonly cloud: LocalCloud
  readonly book: EventBook
}

/** The usual one, and one that lets a person try more than a person may. */
let worlds: { readonly usual: World; readonly unlimited: World }

async function startWorld(liftsRateLimits: boolean): Promise<World> {
  const cloud = await startLocalCloud({ port: 0, https: false, configFile, liftsRateLimits })
  return { cloud, book: new EventBook(cloud) }
}

beforeAll(async () => {
  worlds = { usual: await startWorld(false), unlimited: await startWorld(true) }
})
afterAll(() => Promise.all(Object.values(worlds ?? {}).map(({ cloud }) => cloud.close())))

const isKms = ({ kind }: Call): boolean => kind.service === 'kms'

const at =
  (tenant: string, suffix: string, isTried: (call: Call) => boolean = () => true) =>
  (flow: Flow) => ({ flow, tenant, isTried, name: `${flow.name}${suffix}` })

/** The custody of its signing key changes what KMS is asked; the other reads are tried already. */
const whatCustodyChanges = (call: Call): boolean => isKms(call) || isWrite(call)

const signing = [...signingFlows, ...signedResponseFlows]

/** They start and sign as those do, so that one custody and the calls of a warm instance are enough. */
const signingAlike = [...polledGrantFlows, ...tokenFlows]

const subjects = [
  ...[
    ...commonFlows,
    ...pushingFlows,
    ...pollingFlows,
    ...registrationFlows,
    ...revocationFlows,
  ].map(at('vault', '')),
  ...signing.map(at('vault', ', signed in KMS')),
  ...signingAlike.map(at('vault', ', signed in KMS', ({ isCold }) => !isCold)),
  ...signing.map(at('wrapped', ', signed with a wrapped key', whatCustodyChanges)),
]

test('every endpoint has a flow', () => {
  const tried = new Set(subjects.map(({ flow }) => flow.endpoint))
  expect([...tried].toSorted()).toEqual(Object.keys(endpoints).toSorted())
})

test.concurrent.for(subjects)(
  'whatever AWS call fails: $name',
  { timeout: 600_000 },
  async ({ flow, tenant, isTried }, { expect: expectHere, skip }) => {
    skip(process.platform !== 'linux', 'only Linux has all addresses of 127.0.0.0/8')
    const { cloud, book } = worlds[flow.isUnlimited ? 'unlimited' : 'usual']
    const trials = await inTurn(flow, () => tryAll(new Subject(cloud, flow, tenant), isTried))
    await pause(tooLong)
    const findings = trials.flatMap(({ misfortune, call, trial }) => {
      const happened = { first: book.at(trial.address), second: book.at(trial.repeatedFrom) }
      const finding = findingOf(flow, misfortune, trial, happened)
      return finding === undefined ? [] : [`${call.name}, ${misfortune.title}: ${finding}`]
    })
    expectHere(findings).toEqual([])
  },
)
