import {
  DuckDBArrayValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api'

/** Athena writes a timestamp with three digits of a second, whatever they are. */
const timestampText = (micros: bigint): string =>
  new Date(Number(micros / 1000n)).toISOString().replace('T', ' ').replace('Z', '')

const textOf = (value: DuckDBValue): string => athenaText(value) ?? 'null'

/** A double always has a point or an exponent, as in Java. */
const numberText = (value: number, type: string): string =>
  ['double', 'float'].includes(type) && Number.isInteger(value) && Math.abs(value) < 1e7
    ? value.toFixed(1)
    : String(value)

/** What Athena's results say of a value; `undefined` for null. @param type as Athena names it */
export function athenaText(value: DuckDBValue, type = ''): string | undefined {
  if (value === null) return undefined
  if (typeof value === 'number') return numberText(value, type)
  if (value instanceof DuckDBTimestampValue) return timestampText(value.micros)
  if (value instanceof DuckDBTimestampTZValue) return `${timestampText(value.micros)} UTC`
  if (value instanceof DuckDBDateValue || value instanceof DuckDBDecimalValue) {
    return value.toString()
  }
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return `[${value.items.map(textOf).join(', ')}]`
  }
  if (value instanceof DuckDBStructValue) {
    const members = Object.entries(value.entries).map(([name, each]) => `${name}=${textOf(each)}`)
    return `{${members.join(', ')}}`
  }
  if (value instanceof DuckDBMapValue) {
    return `{${value.entries.map(({ key, value: each }) => `${textOf(key)}=${textOf(each)}`).join(', ')}}`
  }
  return String(value)
}
