import type { LoadResult } from './load.ts'
import type { Counts } from './result.ts'

/** The figures of a result that are quick to measure again. */
export type Figures = Counts & { readonly load: LoadResult }

type Row = readonly [
  figure: string,
  recorded: number | string,
  now: number | string,
  change: string,
]

function row(figure: string, recorded: number | undefined, now: number | undefined): Row {
  if (recorded === undefined || now === undefined) {
    return [figure, recorded ?? '', now ?? '', recorded === undefined ? 'new' : 'gone']
  }
  const difference = now - recorded
  const sign = difference > 0 ? '+' : ''
  const percent = recorded === 0 ? '' : ` (${sign}${((difference / recorded) * 100).toFixed(1)} %)`
  const change = difference === 0 ? 'none' : `${sign}${Number(difference.toFixed(2))}${percent}`
  return [figure, recorded, now, change]
}

/** Figures side by side; a function that only one side has is marked as new or gone. */
export function figuresChange(recorded: Figures, now: Figures): readonly Row[] {
  const names = [...new Set([...Object.keys(recorded.load), ...Object.keys(now.load)])]
  const parts = ['bundle_bytes', 'over_empty_ms', 'first_request_ms'] as const
  const custodies = ['kms', 'kms-wrapped'] as const
  const flows = ['login', 'machine_token'] as const
  return [
    ...names.flatMap((name) =>
      parts.map((part) =>
        row(`${name} ${part}`, recorded.load[name]?.[part], now.load[name]?.[part]),
      ),
    ),
    ...custodies.flatMap((custody) =>
      flows.map((flow) =>
        row(
          `calls per ${flow}, ${custody}`,
          recorded.calls[custody][flow],
          now.calls[custody][flow],
        ),
      ),
    ),
    row('writes per login', recorded.writes_per_login, now.writes_per_login),
  ]
}
