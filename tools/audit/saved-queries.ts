import {
  type AthenaClient,
  BatchGetNamedQueryCommand,
  type NamedQuery,
  paginateListNamedQueries,
} from '@aws-sdk/client-athena'
import { lake } from '#shared/audit/lake.ts'
import type { Answer } from './athena-query.ts'
import { BadCall } from './options.ts'

/** Reads the saved queries of the lake's workgroup, by name. */
async function savedQueries(client: AthenaClient): Promise<readonly NamedQuery[]> {
  const queries: NamedQuery[] = []
  const pages = paginateListNamedQueries({ client }, { WorkGroup: lake.workgroup })
  for await (const { NamedQueryIds: ids = [] } of pages) {
    if (ids.length === 0) continue
    const answer = await client.send(new BatchGetNamedQueryCommand({ NamedQueryIds: ids }))
    queries.push(...(answer.NamedQueries ?? []))
  }
  return queries.sort((left, right) => (left.Name ?? '').localeCompare(right.Name ?? ''))
}

/** Answers what there is to run with `--saved`. */
export async function listSaved(client: AthenaClient): Promise<Answer> {
  const queries = await savedQueries(client)
  return {
    columns: ['name', 'description'],
    rows: queries.map(({ Name = '', Description = '' }) => [Name, Description]),
  }
}

/** @throws BadCall when there is no query of that name, saying which there are */
export async function savedSql(client: AthenaClient, name: string): Promise<string> {
  const queries = await savedQueries(client)
  const sql = queries.find(({ Name }) => Name === name)?.QueryString
  if (sql !== undefined) return sql
  throw new BadCall(
    `no query is called ${name}, but ${queries.map((each) => each.Name).join(', ')}`,
  )
}
