import type { BenchResult } from './result.ts'
import { rounded } from './statistics.ts'
import type { FlowUsage } from './usage.ts'

type Cell = string | number

/** A table in Markdown, which reads well in a terminal too. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.join(' | ')} |`
  const rule = head.map((_, index) => (index === 0 ? '---' : '--:'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

const loadTable = ({ load }: BenchResult): string =>
  table(
    ['function', 'load over empty, ms', 'first request, ms', 'bundle, bytes'],
    Object.entries(load).map(([name, each]) => [
      name,
      each.over_empty_ms,
      each.first_request_ms,
      each.bundle_bytes,
    ]),
  )

const cpuTable = ({ cpu }: BenchResult): string =>
  table(
    [
      'flow',
      'ours per CPU-second',
      'peer per CPU-second',
      'ratio',
      'share of the store client',
      'ours without it',
    ],
    Object.entries(cpu).map(([flow, each]) => [
      flow,
      each.ours_per_cpu_s,
      each.peer_per_cpu_s ?? 'has none',
      each.ratio ?? '',
      `${Math.round(each.store_share * 100)} % of ${each.store_calls} calls`,
      each.ours_without_store_per_cpu_s ?? 'too little is left',
    ]),
  )

/** What one run of each flow uses; capacity is the same with either custody. */
function usageTable({ calls, usage }: BenchResult): string {
  const total = (used: FlowUsage, part: 'requests' | 'readUnits' | 'writeUnits') =>
    rounded(Object.values(used).reduce((sum, each) => sum + each[part], 0))
  return table(
    ['flow', 'requests', 'calls, kms', 'calls, wrapped', 'read units', 'write units'],
    Object.entries(usage['kms-wrapped']).map(([flow, used]) => [
      flow,
      total(used, 'requests'),
      calls.kms[flow] ?? 0,
      calls['kms-wrapped'][flow] ?? 0,
      total(used, 'readUnits'),
      total(used, 'writeUnits'),
    ]),
  )
}

function billTable({ bill: { kms, 'kms-wrapped': wrapped } }: BenchResult): string {
  const lines = Object.keys(kms.login_lines).map((name) => [
    name,
    kms.login_lines[name] ?? 0,
    wrapped.login_lines[name] ?? 0,
    kms.machine_token_lines[name] ?? 0,
    wrapped.machine_token_lines[name] ?? 0,
  ])
  const total = [
    'total',
    kms.per_million_logins_usd,
    wrapped.per_million_logins_usd,
    kms.per_million_machine_tokens_usd,
    wrapped.per_million_machine_tokens_usd,
  ]
  const head = ['USD per million', 'login, kms', 'login, wrapped', 'token, kms', 'token, wrapped']
  return table(head, [...lines, total])
}

function tenantsText({ tenants }: BenchResult): string {
  if (!tenants) return 'Idle tenants: not measured in this run.'
  const { idle_tenants, before, after } = tenants
  return `Idle tenants: with ${idle_tenants} of them a login takes ${after.login_ms} ms and ${after.calls} calls, before ${before.login_ms} ms and ${before.calls} calls.`
}

/** The result as people read it. */
export const renderReport = (result: BenchResult): string =>
  [
    `Measured ${result.date} at commit ${result.commit} on ${result.machine}.`,
    loadTable(result),
    cpuTable(result),
    `Argon2id alone: ${result.hash.per_cpu_s} per CPU-second; the request that takes the password reaches ${Math.round(result.hash.login_share * 100)} % of that.`,
    `Writes per login: ${result.writes_per_login}. Calls per login: ${result.calls.kms['login']} with kms, ${result.calls['kms-wrapped']['login']} with kms-wrapped.`,
    usageTable(result),
    billTable(result),
    tenantsText(result),
  ].join('\n\n')
