/** One contender in a process of its own, so that the processor time is its alone. */
import { argon2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { documentClient } from '#shared/aws/dynamodb.ts'
import { type ClientId, type TenantId, trusted } from '#shared/kernel/ids.ts'
import { systemClock } from '#shared/node/clock.ts'
import { dynamoClients } from '#shared/store/clients.ts'
import { dynamoOutbox } from '#shared/store/outbox.ts'
import type { ContenderSettings, CpuQuestion, FunctionTime, StoreCalls } from './cpu-messages.ts'
import { machine } from './credentials.ts'
import type { Contender } from './exchange.ts'
import { type FlowName, flows, type Runner, wholeLogin } from './flows.ts'
import { invokeHere } from './handlers.ts'
import { type Invoke, ours } from './ours.ts'
import { startPeer } from './peer.ts'

const derive = promisify(argon2)

let contender: Contender | undefined
const prepared = new Map<FlowName, Runner>()

async function become(settings: ContenderSettings): Promise<void> {
  if (settings.kind === 'peer') {
    contender = await startPeer()
    return
  }
  const { edge, origin, tenant, folders } = settings
  contender = ours(edge, origin, tenant, timed(invokeHere(folders)))
}

const times = new Map<string, FunctionTime>()

/** Adds up the time of each function; a request is all that this process does meanwhile. */
const timed =
  (invoke: Invoke): Invoke =>
  async (call) => {
    const before = process.cpuUsage()
    const result = await invoke(call)
    const { user, system } = process.cpuUsage(before)
    const { requests, microseconds } = times.get(call.functionName) ?? nothing
    times.set(call.functionName, {
      requests: requests + 1,
      microseconds: microseconds + user + system,
    })
    return result
  }

const nothing: FunctionTime = { requests: 0, microseconds: 0 }

async function timesInLogins(count: number): Promise<Readonly<Record<string, FunctionTime>>> {
  const who = contender
  if (!who) throw new Error('this process is no contender yet')
  await repeat(3, () => wholeLogin(who))
  times.clear()
  await repeat(count, () => wholeLogin(who))
  return Object.fromEntries(times)
}

async function runnerOf(flow: FlowName): Promise<Runner> {
  if (!contender) throw new Error('this process is no contender yet')
  const runner = prepared.get(flow) ?? (await flows[flow].prepare(contender))
  prepared.set(flow, runner)
  return runner
}

async function repeat(times: number, run: () => Promise<unknown>): Promise<void> {
  for (let count = 0; count < times; count += 1) await run()
}

/** Microseconds of this process, in all its threads: the hash has one of its own. */
async function processorTime(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

const hash = () =>
  derive('argon2id', {
    message: randomBytes(16),
    nonce: randomBytes(16),
    tagLength: 32,
    memory: 19_456,
    passes: 2,
    parallelism: 1,
  })

/** As many reads and writes with the store's own client, of items as large as those of the flows. */
function storeCalls({ reads, writes }: StoreCalls): () => Promise<void> {
  const table = { client: documentClient(), name: process.env['TABLE_NAME'] ?? '' }
  const [clients, outbox] = [dynamoClients(table), dynamoOutbox(table)]
  const tenant = trusted<TenantId>('kms-wrapped')
  const client = trusted<ClientId>(machine.id)
  const write = () => {
    const id = randomBytes(16).toString('base64url')
    const event = { id, time: systemClock.now(), activity: 'token-issued', client } as const
    return outbox.put(tenant, { ...event, address: '203.0.113.7' })
  }
  return async () => {
    await repeat(reads, () => clients.find(tenant, client))
    await repeat(writes, write)
  }
}

async function answer(question: CpuQuestion): Promise<unknown> {
  if (question.kind === 'become') return become(question.settings)
  if (question.kind === 'hash') return processorTime(() => repeat(question.times, hash))
  if (question.kind === 'functions') return timesInLogins(question.times)
  if (question.kind === 'store') {
    return processorTime(() => repeat(question.times, storeCalls(question)))
  }
  const { stock, run } = await runnerOf(question.flow)
  stock?.(question.times)
  return processorTime(() => repeat(question.times, run))
}

process.on('message', (question: CpuQuestion) => {
  answer(question).then(
    (value) => process.send?.({ value }),
    (error: unknown) =>
      process.send?.({ error: String(error instanceof Error ? error.stack : error) }),
  )
})
