import { mkdirSync } from 'node:fs'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { LocalSystem } from '../template.ts'
import { defineTable, locationOf } from './athena-catalog.ts'
import { macros } from './athena-macros.ts'
import { athenaType } from './athena-types.ts'
import { athenaText } from './athena-values.ts'
import type { S3Files } from './s3-files.ts'

export interface AthenaColumn {
  readonly name: string
  readonly type: string
}

export interface AthenaResult {
  readonly columns: readonly AthenaColumn[]
  /** As texts, the way Athena writes them; null is `undefined`. */
  readonly rows: readonly (readonly (string | undefined)[])[]
}

export interface AthenaQuery {
  readonly sql: string
  readonly database: string | undefined
  /** Literals that stand for the question marks. */
  readonly parameters: readonly string[]
}

/** A query that cannot be run; the message begins with Trino's word for the kind of error. */
class QueryError extends Error {}

export interface AthenaEngine {
  /** @throws QueryError */
  run(query: AthenaQuery): Promise<AthenaResult>
  close(): void
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^(?:Parser|Binder|Catalog) Error: /, 'SYNTAX_ERROR'],
  [/^Conversion Error: /, 'INVALID_CAST_ARGUMENT'],
]

function queryError(error: unknown): QueryError {
  const text = error instanceof Error ? error.message : String(error)
  const message = text.replace(/^Failed to extract statements: /, '')
  const kind = kinds.find(([pattern]) => pattern.test(message))?.[1] ?? 'GENERIC_USER_ERROR'
  return new QueryError(`${kind}: ${message.replace(/^\w+ Error: /, '')}`)
}

type Facts = Pick<LocalSystem, 'glueTables'>

/** The catalog is called as on AWS; outside of the buckets of its tables, no file can be reached. */
async function openInstance({ glueTables }: Facts, files: S3Files): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  const folders = glueTables.flatMap(({ location }) =>
    location === undefined ? [] : [files.folderOf(locationOf(location).bucket)],
  )
  for (const folder of folders) mkdirSync(folder, { recursive: true })
  await connection.run("ATTACH ':memory:' AS awsdatacatalog")
  for (const macro of macros) await connection.run(`CREATE MACRO memory.main.${macro}`)
  for (const database of new Set(glueTables.map((table) => table.database))) {
    await connection.run(`CREATE SCHEMA awsdatacatalog."${database}"`)
  }
  const allowed = folders.map((folder) => `'${folder.replaceAll("'", "''")}/'`).join(', ')
  await connection.run(`SET GLOBAL allowed_directories = [${allowed}]`)
  await connection.run('SET GLOBAL enable_external_access = false')
  await connection.run("SET GLOBAL TimeZone = 'UTC'")
  await connection.run('SET GLOBAL integer_division = true')
  connection.closeSync()
  return instance
}

async function select(connection: DuckDBConnection, { sql, parameters }: AthenaQuery) {
  if (parameters.length === 0) return connection.runAndReadAll(sql)
  await connection.run(`PREPARE statement AS ${sql}`)
  return connection.runAndReadAll(`EXECUTE statement(${parameters.join(', ')})`)
}

/** Whatever changes something is none of Athena's business here. */
const readingStatements =
  /^\s*(?:--[^\n]*\n\s*)*\(*\s*(?:select|with|values|show|describe|explain)\b/i

async function demandOneReading(connection: DuckDBConnection, sql: string): Promise<void> {
  const { count } = await connection.extractStatements(sql)
  if (count !== 1) throw new QueryError('SYNTAX_ERROR: Only one sql statement is allowed')
  if (!readingStatements.test(sql)) throw new QueryError('NOT_SUPPORTED: only reading is supported')
}

/** DuckDB over the Parquet files in the buckets; it is loaded when it is first asked. */
export async function openAthenaEngine(facts: Facts, files: S3Files): Promise<AthenaEngine> {
  const instance = await openInstance(facts, files)

  async function run(query: AthenaQuery): Promise<AthenaResult> {
    const connection = await instance.connect()
    try {
      const schema = query.database === undefined ? '' : `awsdatacatalog.${query.database},`
      await connection.run('USE awsdatacatalog')
      for (const table of facts.glueTables) await connection.run(defineTable(table, files))
      await connection.run(`SET search_path = '${schema}memory.main'`)
      await demandOneReading(connection, query.sql)
      const reader = await select(connection, query)
      const types = reader.columnTypes().map((type) => athenaType(String(type)))
      return {
        columns: reader.columnNames().map((name, index) => ({ name, type: types[index] ?? '' })),
        rows: reader.getRows().map((row) => row.map((value, at) => athenaText(value, types[at]))),
      }
    } catch (error) {
      throw error instanceof QueryError ? error : queryError(error)
    } finally {
      connection.closeSync()
    }
  }

  let last: Promise<unknown> = Promise.resolve()
  return {
    // One after the other: each defines the catalog anew, which two at once must not.
    run(query) {
      const result = last.then(() => run(query))
      last = result.catch(() => undefined)
      return result
    },
    close: () => instance.closeSync(),
  }
}
