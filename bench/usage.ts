import { type Flow, type FlowName, flows, ofEachFlow, wholeLogin } from './flows.ts'
import { type RecordedSystem, startRecorded, type Used } from './recorded-system.ts'
import type { BenchSystem } from './system.ts'

/** What a flow uses of one function, on the average of its runs. */
export type FlowUsage = Readonly<Record<string, Used>>

const custodies = ['kms', 'kms-wrapped'] as const
export type Custody = (typeof custodies)[number]

/** A whole login, as the bill counts it, and each flow by itself. */
export type RecordedFlow = 'login' | FlowName

const login: Flow = { prepare: async (contender) => ({ run: () => wholeLogin(contender) }) }

export type Usage = Readonly<Record<Custody, Readonly<Record<RecordedFlow, FlowUsage>>>>

const runs = 10

const nothing: Used = { requests: 0, logBytes: 0, calls: {}, readUnits: 0, writeUnits: 0 }

/** What was used between two readings of the meter, per run; functions that were not called are left out. */
export function usageBetween(
  before: Readonly<Record<string, Used>>,
  after: Readonly<Record<string, Used>>,
  times: number,
): FlowUsage {
  const rows = Object.entries(after).map(([name, used]) => {
    const from = before[name] ?? nothing
    const each = (part: 'requests' | 'logBytes' | 'readUnits' | 'writeUnits') =>
      (used[part] - from[part]) / times
    const calls = Object.entries(used.calls)
      .map(([action, count]) => [action, (count - (from.calls[action] ?? 0)) / times] as const)
      .filter(([, count]) => count > 0)
    return [
      name,
      {
        requests: each('requests'),
        logBytes: each('logBytes'),
        calls: Object.fromEntries(calls),
        readUnits: each('readUnits'),
        writeUnits: each('writeUnits'),
      },
    ] as const
  })
  return Object.fromEntries(rows.filter(([, { requests }]) => requests > 0))
}

async function record(system: RecordedSystem, custody: Custody, flow: Flow): Promise<FlowUsage> {
  const { stock, run } = await flow.prepare(system.contender(custody))
  stock?.(1 + runs)
  await run()
  const before = system.used()
  for (let count = 0; count < runs; count += 1) await run()
  return usageBetween(before, system.used(), runs)
}

/** Records calls, capacity and logs of warm instances; what a new instance asks once is not in it. */
export async function recordUsage(bench: BenchSystem): Promise<Usage> {
  const system = await startRecorded(bench)
  try {
    const of = async (custody: Custody) => ({
      login: await record(system, custody, login),
      ...(await ofEachFlow((name) => record(system, custody, flows[name]))),
    })
    return { kms: await of('kms'), 'kms-wrapped': await of('kms-wrapped') }
  } finally {
    await system.close()
  }
}

/** All calls of AWS, whatever the service. */
export const callsIn = (usage: FlowUsage): number =>
  Object.values(usage)
    .flatMap(({ calls }) => Object.values(calls))
    .reduce((sum, count) => sum + count, 0)
