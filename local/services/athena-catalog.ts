import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalColumn, LocalGlueTable } from '../template.ts'
import { duckDbType } from './athena-types.ts'
import type { S3Files } from './s3-files.ts'

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

const list = (columns: readonly LocalColumn[], each: (column: LocalColumn) => string): string =>
  columns.map(each).join(', ')

/** A bucket's name and the prefix after it. */
export function locationOf(url: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(url) ?? []
  return { bucket, prefix: prefix.replace(/\/$/, '') }
}

/** A table over no file at all has its columns and no rows. */
const emptyTable = (columns: readonly LocalColumn[]): string =>
  `SELECT ${list(columns, ({ name, type }) => `NULL::${duckDbType(type)} AS ${quoted(name)}`)} WHERE false`

function tableQuery(table: LocalGlueTable, files: S3Files): string {
  const { bucket, prefix } = locationOf(table.location ?? '')
  const folder = join(files.folderOf(bucket), prefix)
  const all = [...table.columns, ...table.partitionKeys]
  if (!existsSync(folder)) return emptyTable(all)
  const types = list(
    table.partitionKeys,
    ({ name, type }) => `${quoted(name)}: ${duckDbType(type)}`,
  )
  const partitions = table.partitionKeys.length > 0 ? `, hive_types = {${types}}` : ''
  const pattern = literal(join(folder, '**', '*.parquet'))
  return (
    `SELECT ${list(all, ({ name, type }) => `${quoted(name)}::${duckDbType(type)} AS ${quoted(name)}`)} ` +
    `FROM read_parquet(${pattern}, hive_partitioning = true${partitions})`
  )
}

/** A statement that makes a table or view of the data catalog be what it is now. */
export const defineTable = (table: LocalGlueTable, files: S3Files): string =>
  `CREATE OR REPLACE VIEW ${quoted(table.database)}.${quoted(table.name)} AS ` +
  (table.viewSql ?? tableQuery(table, files))
