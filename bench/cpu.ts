import { z } from 'zod'
import { type Competitor, startOurs, startPeer } from './competitor.ts'
import type { CpuQuestion } from './cpu-messages.ts'
import type { FlowName } from './flows.ts'
import { median, rounded } from './statistics.ts'
import type { BenchSystem } from './system.ts'
import { countCalls } from './usage.ts'

export interface FlowCpu {
  readonly ours_per_cpu_s: number
  readonly peer_per_cpu_s: number
  /** The median over the rounds of ours divided by the peer's. */
  readonly ratio: number
  /** Calls of the table in one run, and the share of our time that the same calls take alone. */
  readonly store_calls: number
  readonly store_share: number
  /** What our rate would be if the store's client cost nothing, as the peer's memory does. */
  readonly ours_without_store_per_cpu_s: number
}

export interface CpuResult {
  readonly flows: Readonly<Record<FlowName, FlowCpu>>
  /** Argon2id alone, and what share of its rate the request that takes the password reaches. */
  readonly hash: { readonly per_cpu_s: number; readonly login_share: number }
  /** Milliseconds of one request of each function, in a whole login. */
  readonly functions: Readonly<Record<string, number>>
}

/** How often a flow runs in one round: so that a round takes a fraction of a second. */
const timesPerRound: Readonly<Record<FlowName, number>> = {
  client_credentials: 150,
  refresh: 60,
  code_flow: 25,
  password_login: 10,
}

const warmUpRounds = 5
const hashesPerRound = 8
const storePairsPerRound = 100
const loginsForFunctions = 20

const functionTimes = z.record(
  z.string(),
  z.object({ requests: z.number(), microseconds: z.number() }),
)

const microseconds = async (competitor: Competitor, question: CpuQuestion): Promise<number> =>
  Number(await competitor.ask(question))

async function warmUp(competitor: Competitor, question: CpuQuestion): Promise<void> {
  for (let round = 0; round < warmUpRounds; round += 1) await competitor.ask(question)
}

interface Round {
  readonly ours: number
  readonly peer: number
  /** One call of the table, alone. */
  readonly storeCall: number
}

/** One flow, round by round in turn, so that all meet the same weather; microseconds of one run. */
async function roundsOf(
  { ours, peer }: { readonly ours: Competitor; readonly peer: Competitor },
  flow: FlowName,
  count: number,
): Promise<readonly Round[]> {
  const times = timesPerRound[flow]
  const run: CpuQuestion = { kind: 'run', flow, times }
  const store: CpuQuestion = { kind: 'store', times: storePairsPerRound }
  await warmUp(ours, run)
  await warmUp(peer, run)
  await warmUp(ours, store)
  const rounds: Round[] = []
  for (let round = 0; round < count; round += 1) {
    rounds.push({
      ours: (await microseconds(ours, run)) / times,
      peer: (await microseconds(peer, run)) / times,
      storeCall: (await microseconds(ours, store)) / storePairsPerRound / 2,
    })
  }
  return rounds
}

/** The medians of the rounds; ratio and share are taken round by round. */
export function summarize(rounds: readonly Round[], calls: number): FlowCpu {
  const perSecond = (part: 'ours' | 'peer') => 1e6 / median(rounds.map((round) => round[part]))
  const share = median(rounds.map(({ ours, storeCall }) => (calls * storeCall) / ours))
  return {
    ours_per_cpu_s: rounded(perSecond('ours'), 1),
    peer_per_cpu_s: rounded(perSecond('peer'), 1),
    ratio: rounded(median(rounds.map(({ ours, peer }) => peer / ours)), 3),
    store_calls: calls,
    store_share: rounded(share, 3),
    ours_without_store_per_cpu_s: rounded(perSecond('ours') / (1 - share), 1),
  }
}

async function measureHash(ours: Competitor, rounds: number): Promise<number> {
  const spent: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    spent.push(await microseconds(ours, { kind: 'hash', times: hashesPerRound }))
  }
  return (hashesPerRound * 1e6) / median(spent)
}

async function measureFunctions(ours: Competitor): Promise<Readonly<Record<string, number>>> {
  const answer = await ours.ask({ kind: 'functions', times: loginsForFunctions })
  return Object.fromEntries(
    Object.entries(functionTimes.parse(answer)).map(([name, { requests, microseconds: spent }]) => [
      name,
      rounded(spent / requests / 1000),
    ]),
  )
}

/** Processor time of the handlers' process alone: neither the table nor KMS runs in it. */
export async function measureCpu(bench: BenchSystem, rounds: number): Promise<CpuResult> {
  const calls = await countCalls(bench)
  const ours = await startOurs(bench)
  const peer = await startPeer()
  const measure = async (flow: FlowName): Promise<FlowCpu> =>
    summarize(await roundsOf({ ours, peer }, flow, rounds), calls[flow])
  const flows = {
    client_credentials: await measure('client_credentials'),
    refresh: await measure('refresh'),
    code_flow: await measure('code_flow'),
    password_login: await measure('password_login'),
  }
  const hashesPerSecond = await measureHash(ours, rounds)
  const functions = await measureFunctions(ours)
  ours.end()
  peer.end()
  const hash = {
    per_cpu_s: rounded(hashesPerSecond, 1),
    login_share: rounded(flows.password_login.ours_per_cpu_s / hashesPerSecond, 3),
  }
  return { flows, hash, functions }
}
