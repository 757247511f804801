import { randomUUID } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { LocalColumn } from '../template.ts'
import { duckDbType } from './athena-types.ts'

/** Writes JSON records as Parquet, with the columns of a Glue table. */
export interface ParquetWriter {
  /** @returns `undefined` when a record does not fit the columns */
  write(records: readonly string[]): Promise<Uint8Array | undefined>
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/**
 * A timestamp comes as text or as milliseconds.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/create-cloudformation.html
 */
const expressionOf = ({ name, type }: LocalColumn): string =>
  type === 'timestamp'
    ? `CASE WHEN regexp_full_match(${quoted(name)}, '\\d+') THEN epoch_ms(${quoted(name)}::BIGINT) ` +
      `ELSE ${quoted(name)}::TIMESTAMP END AS ${quoted(name)}`
    : quoted(name)

const readType = ({ type }: LocalColumn): string =>
  type === 'timestamp' ? 'VARCHAR' : duckDbType(type)

/** Anything else, such as a full disk, is no fault of the records, which are then tried again. */
function undefinedForMisfit(error: unknown): undefined {
  const isMisfit =
    error instanceof Error && /^(?:Conversion|Invalid Input) Error/.test(error.message)
  if (!isMisfit) throw error
}

/** @param scratch a folder for files that live no longer than one call */
export async function createParquetWriter(
  columns: readonly LocalColumn[],
  scratch: string,
): Promise<ParquetWriter> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  const types = columns.map((column) => `${quoted(column.name)}: ${literal(readType(column))}`)
  const source = `format = 'newline_delimited', columns = {${types.join(', ')}}`
  const selected = columns.map(expressionOf).join(', ')
  return {
    async write(records) {
      const [input, output] = ['json', 'parquet'].map((kind) =>
        join(scratch, `${randomUUID()}.${kind}`),
      )
      if (!input || !output) throw new Error('a list of two has two')
      await writeFile(input, records.join('\n'))
      const copied = await connection
        .run(
          `COPY (SELECT ${selected} FROM read_json(${literal(input)}, ${source})) ` +
            `TO ${literal(output)} (FORMAT parquet, COMPRESSION snappy)`,
        )
        .catch(undefinedForMisfit)
      if (copied === undefined) return undefined
      const file = await readFile(output)
      await Promise.all([rm(input), rm(output)])
      return file
    },
  }
}
