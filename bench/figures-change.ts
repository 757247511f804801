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

const namesIn = (recorded: object, now: object): readonly string[] => [
  ...new Set([...Object.keys(recorded), ...Object.keys(now)]),
]

/** Figures side by side; a function or a flow that only one side has is marked as new or gone. */
export function figuresChange(recorded: Figures, now: Figures): readonly Row[] {
  const parts = ['bundle_bytes', 'over_empty_ms', 'first_request_ms'] as const
  const custodies = ['kms', 'kms-wrapped'] as const
  return [
    ...namesIn(recorded.load, now.load).flatMap((name) =>
      parts.map((part) =>
        row(`${name} ${part}`, recorded.load[name]?.[part], now.load[name]?.[part]),
      ),
    ),
    ...custodies.flatMap((custody) =>
      namesIn(recorded.calls[custody], now.calls[custody]).map((flow) =>
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
