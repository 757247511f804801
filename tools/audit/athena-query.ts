import { setTimeout as delay } from 'node:timers/promises'
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  type ResultSet,
  type Row,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import { lake } from '#shared/audit/lake.ts'

export type Value = string | number | boolean | null

/** An answer of the lake: names of the columns, and rows as wide. */
export interface Answer {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Value[])[]
}

const pauseMs = 100

/** In SQL a text stands in single quotes, and a quote in it twice. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/**
 * Asks and waits for the whole answer.
 *
 * @param parameters texts for the places of `?` in the query
 * @throws Error with Athena's own reason when the query fails
 */
export async function ask(
  client: AthenaClient,
  sql: string,
  parameters: readonly string[] = [],
): Promise<Answer> {
  const { QueryExecutionId: id = '' } = await client.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      WorkGroup: lake.workgroup,
      QueryExecutionContext: { Database: lake.database },
      ...(parameters.length > 0 && { ExecutionParameters: parameters.map(literal) }),
    }),
  )
  await completion(client, id)
  return answerOf(client, id)
}

async function completion(client: AthenaClient, id: string): Promise<void> {
  for (;;) {
    const answer = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }))
    const { State: state, StateChangeReason: reason } = answer.QueryExecution?.Status ?? {}
    if (state === 'SUCCEEDED') return
    if (state !== 'QUEUED' && state !== 'RUNNING') throw new Error(reason ?? `the query ${state}`)
    await delay(pauseMs)
  }
}

async function answerOf(client: AthenaClient, id: string): Promise<Answer> {
  const pages: ResultSet[] = []
  for await (const { ResultSet: page } of paginateGetQueryResults(
    { client },
    { QueryExecutionId: id },
  )) {
    if (page) pages.push(page)
  }
  const columns = pages[0]?.ResultSetMetadata?.ColumnInfo ?? []
  const names = columns.map(({ Name: name = '' }) => name)
  const rows = pages.flatMap(({ Rows = [] }) => Rows).map(textsOf)
  return {
    columns: names,
    rows: withoutHeader(rows, names).map((row) =>
      columns.map(({ Type: type = '' }, index) => parseValue(row[index], type)),
    ),
  }
}

const textsOf = ({ Data = [] }: Row) => Data.map(({ VarCharValue }) => VarCharValue)

type Texts = readonly (string | undefined)[]

/** The first row of a query repeats the names of its columns; that of `SHOW` and the like does not. */
const withoutHeader = (rows: readonly Texts[], names: readonly string[]): readonly Texts[] =>
  rows[0]?.every((text, index) => text === names[index]) ? rows.slice(1) : rows

/** Integers beyond what a number holds stay texts. */
function parseValue(text: string | undefined, type: string): Value {
  if (text === undefined) return null
  if (type === 'boolean') return text === 'true'
  if (!/^(tinyint|smallint|integer|bigint|float|real|double|decimal)/.test(type)) return text
  const number = Number(text)
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number
}
