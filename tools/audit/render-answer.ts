import { stripVTControlCharacters } from 'node:util'
import type { Answer, Value } from './athena-query.ts'

/** Renders an answer as JSON Lines: one object for each row. */
export const renderJsonLines = ({ columns, rows }: Answer): readonly string[] =>
  rows.map((row) =>
    JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null]))),
  )

/** Renders an answer as a table for people; numbers stand to the right. */
export function renderTable({ columns, rows }: Answer): readonly string[] {
  const cells = rows.map((row) => columns.map((_, index) => shown(row[index] ?? null)))
  const widths = columns.map((name, index) =>
    Math.max(name.length, ...cells.map((row) => row[index]?.length ?? 0)),
  )
  const isNumeric = columns.map((_, index) =>
    rows.every((row) => typeof row[index] === 'number' || row[index] === null),
  )
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => {
        const width = widths[index] ?? 0
        return isNumeric[index] && rows.length > 0 ? text.padStart(width) : text.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  const count = rows.length === 1 ? '1 row' : `${rows.length} rows`
  const rule = widths.map((width) => '-'.repeat(width))
  return [line(columns), line(rule), ...cells.map(line), `(${count})`]
}

/** What strangers have typed may hold what steers a terminal. */
const shown = (value: Value): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these very characters are to go
  stripVTControlCharacters(`${value ?? ''}`).replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
