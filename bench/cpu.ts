import { z } from 'zod'
import { writesIn } from './bill.ts'
import { type Competitor, startOurs, startPeer } from './competitor.ts'
import type { CpuQuestion, StoreCalls } from './cpu-messages.ts'
import { type Flow, type FlowName, flows, ofEachFlow } from './flows.ts'
import { median, rounded } from './statistics.ts'
import type { BenchSystem } from './system.ts'
import { callsIn, type FlowUsage } from './usage.ts'

export interface FlowCpu {
  readonly ours_per_cpu_s: number
  /** Absent where the peer has nothing like it. */
  readonly peer_per_cpu_s?: number
  /** The median over the rounds of ours divided by the peer's. */
  readonly ratio?: number
  /** Calls of the table in one run, and the share of our time that the same calls take alone. */
  readonly store_calls: number
  readonly store_share: number
  /** What our rate would be if the store's client cost nothing, as the peer's memory does; absent where too little is left. */
  readonly ours_without_store_per_cpu_s?: number
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
  dpop_token: 60,
  introspection: 60,
  introspection_jwt: 60,
  token_exchange: 40,
  refresh: 60,
  par_authorize: 40,
  code_flow: 25,
  password_login: 10,
}

const warmUpRounds = 5
const hashesPerRound = 8
/** Beyond it the rest is smaller than the error of the share. */
const mostToSubtract = 0.9
const storeCallsPerRound = 200
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
  readonly peer: number | undefined
  /** As many calls of the table, alone. */
  readonly store: number
}

/** One flow, round by round in turn, so that all meet the same weather; microseconds of one run. */
async function roundsOf(
  { ours, peer }: { readonly ours: Competitor; readonly peer: Competitor | undefined },
  flow: FlowName,
  calls: StoreCalls,
  count: number,
): Promise<readonly Round[]> {
  const times = timesPerRound[flow]
  const run: CpuQuestion = { kind: 'run', flow, times }
  const storeTimes = Math.ceil(storeCallsPerRound / (calls.reads + calls.writes))
  const store: CpuQuestion = { kind: 'store', times: storeTimes, ...calls }
  await warmUp(ours, run)
  if (peer) await warmUp(peer, run)
  await warmUp(ours, store)
  const rounds: Round[] = []
  for (let round = 0; round < count; round += 1) {
    rounds.push({
      ours: (await microseconds(ours, run)) / times,
      peer: peer && (await microseconds(peer, run)) / times,
      store: (await microseconds(ours, store)) / storeTimes,
    })
  }
  return rounds
}

/** The medians of the rounds; ratio and share are taken round by round. */
export function summarize(rounds: readonly Round[], { reads, writes }: StoreCalls): FlowCpu {
  const perSecond = 1e6 / median(rounds.map(({ ours }) => ours))
  const share = median(rounds.map(({ ours, store }) => store / ours))
  return {
    ours_per_cpu_s: rounded(perSecond, 1),
    ...besidePeer(rounds),
    store_calls: reads + writes,
    store_share: rounded(share, 3),
    ...(share < mostToSubtract && {
      ours_without_store_per_cpu_s: rounded(perSecond / (1 - share), 1),
    }),
  }
}

function besidePeer(rounds: readonly Round[]): Pick<FlowCpu, 'peer_per_cpu_s' | 'ratio'> {
  const both = rounds.flatMap(({ ours, peer }) => (peer === undefined ? [] : { ours, peer }))
  if (both.length === 0) return {}
  return {
    peer_per_cpu_s: rounded(1e6 / median(both.map(({ peer }) => peer)), 1),
    ratio: rounded(median(both.map(({ ours, peer }) => peer / ours)), 3),
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
export async function measureCpu(
  bench: BenchSystem,
  rounds: number,
  usage: Readonly<Record<FlowName, FlowUsage>>,
): Promise<CpuResult> {
  const ours = await startOurs(bench)
  const peer = await startPeer()
  const measured = await ofEachFlow(async (name) => {
    const { isOursAlone }: Flow = flows[name]
    const contenders = { ours, peer: isOursAlone ? undefined : peer }
    const writes = writesIn(usage[name])
    const calls = { reads: callsIn(usage[name]) - writes, writes }
    return summarize(await roundsOf(contenders, name, calls, rounds), calls)
  })
  const hashesPerSecond = await measureHash(ours, rounds)
  const functions = await measureFunctions(ours)
  ours.end()
  peer.end()
  const hash = {
    per_cpu_s: rounded(hashesPerSecond, 1),
    login_share: rounded(measured.password_login.ours_per_cpu_s / hashesPerSecond, 3),
  }
  return { flows: measured, hash, functions }
}
