import type { AthenaColumn, AthenaResult } from './athena-engine.ts'

const precisions: Readonly<Record<string, number>> = {
  bigint: 19,
  boolean: 0,
  date: 0,
  double: 17,
  float: 17,
  integer: 10,
  smallint: 5,
  timestamp: 3,
  tinyint: 3,
  varchar: 2_147_483_647,
}

/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_ColumnInfo.html */
const columnInfo = ({ name, type }: AthenaColumn) => ({
  CatalogName: 'hive',
  SchemaName: '',
  TableName: '',
  Name: name,
  Label: name,
  Type: type,
  Precision: precisions[type] ?? 0,
  Scale: 0,
  Nullable: 'UNKNOWN',
  CaseSensitive: type === 'varchar',
})

const datum = (value: string | undefined) => (value === undefined ? {} : { VarCharValue: value })

/**
 * One page of a result; the first row of the first page holds the names of the columns.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
 */
export function resultPage({ columns, rows }: AthenaResult, start: number, count: number) {
  const all = [columns.map(({ name }) => name), ...rows]
  const end = start + count
  return {
    UpdateCount: 0,
    ResultSet: {
      Rows: all.slice(start, end).map((row) => ({ Data: row.map(datum) })),
      ResultSetMetadata: { ColumnInfo: columns.map(columnInfo) },
    },
    ...(end < all.length && { NextToken: String(end) }),
  }
}

const csvValue = (value: string | undefined): string =>
  value === undefined ? '' : `"${value.replaceAll('"', '""')}"`

/** The file that Athena leaves in the output location: everything in quotes, null as nothing. */
export const resultCsv = ({ columns, rows }: AthenaResult): string =>
  [columns.map(({ name }) => name), ...rows]
    .map((row) => `${row.map(csvValue).join(',')}\n`)
    .join('')
