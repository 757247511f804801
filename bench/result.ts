import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { billOf, type FunctionFacts } from './bill.ts'
import type { CpuResult } from './cpu.ts'
import type { LoadResult } from './load.ts'
import { rounded } from './statistics.ts'
import type { BenchSystem } from './system.ts'
import type { TenantsResult } from './tenants.ts'
import { type Custody, callsIn, type FlowUsage, type Usage } from './usage.ts'

/** The part of a result that a change can move without any clock. */
export interface Counts {
  readonly writes_per_login: number
  /** By custody and flow. */
  readonly calls: Readonly<Record<Custody, Readonly<Record<string, number>>>>
}

interface CustodyBill {
  readonly per_million_logins_usd: number
  readonly per_million_machine_tokens_usd: number
  readonly login_lines: Readonly<Record<string, number>>
  readonly machine_token_lines: Readonly<Record<string, number>>
}

export interface BenchResult extends Counts {
  readonly date: string
  readonly commit: string
  readonly machine: string
  readonly bill: Readonly<Record<Custody, CustodyBill>>
  readonly cpu: CpuResult['flows']
  readonly hash: CpuResult['hash']
  readonly function_ms: CpuResult['functions']
  readonly load: LoadResult
  readonly usage: Usage
  readonly tenants?: TenantsResult
}

export interface Measured {
  readonly usage: Usage
  readonly cpu: CpuResult
  readonly load: LoadResult
  readonly tenants: TenantsResult | undefined
}

const machineName = (): string => {
  const [first] = cpus()
  return `${cpus().length} x ${first?.model.trim() ?? 'unknown'}, ${process.platform} ${process.arch}, Node ${process.version}`
}

/** The commit that was measured, marked when files have been changed since. */
function commitName(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  try {
    const isChanged = git('status', '--porcelain', '--', 'functions', 'shared', 'infra') !== ''
    return `${git('rev-parse', '--short', 'HEAD')}${isChanged ? ' with changes' : ''}`
  } catch {
    return 'unknown'
  }
}

const writeUnits = (usage: FlowUsage): number =>
  Object.values(usage).reduce((sum, used) => sum + used.writeUnits, 0)

export function countsOf(usage: Usage): Counts {
  const of = (custody: Custody) =>
    Object.fromEntries(
      Object.entries(usage[custody]).map(([flow, used]) => [flow, rounded(callsIn(used))]),
    )
  return {
    writes_per_login: rounded(writeUnits(usage['kms-wrapped'].login)),
    calls: { kms: of('kms'), 'kms-wrapped': of('kms-wrapped') },
  }
}

/** What each function costs; where a login does not reach one, its time counts as nothing. */
const factsOf = (
  { functions }: BenchSystem['system'],
  milliseconds: Readonly<Record<string, number>>,
): Readonly<Record<string, FunctionFacts>> =>
  Object.fromEntries(
    functions.map(({ name, memoryMiB }) => [name, { memoryMiB, cpuMs: milliseconds[name] ?? 0 }]),
  )

export function resultOf({ system }: BenchSystem, measured: Measured): BenchResult {
  const { usage, cpu, load, tenants } = measured
  const facts = factsOf(system, cpu.functions)
  const machineMs = 1000 / cpu.flows.client_credentials.ours_per_cpu_s
  const machineFacts = factsOf(system, { 'oauth2.token': machineMs })
  const bill = (custody: Custody): CustodyBill => {
    const login = billOf(usage[custody].login, facts)
    const token = billOf(usage[custody].client_credentials, machineFacts)
    return {
      per_million_logins_usd: login.total,
      per_million_machine_tokens_usd: token.total,
      login_lines: login.lines,
      machine_token_lines: token.lines,
    }
  }
  return {
    date: new Date().toISOString(),
    commit: commitName(),
    machine: machineName(),
    ...countsOf(usage),
    bill: { kms: bill('kms'), 'kms-wrapped': bill('kms-wrapped') },
    cpu: cpu.flows,
    hash: cpu.hash,
    function_ms: cpu.functions,
    load,
    ...(tenants && { tenants }),
    usage,
  }
}
