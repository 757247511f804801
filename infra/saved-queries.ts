import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

export interface SavedQuery {
  readonly name: string
  readonly description: string
  readonly sql: string
}

const folder = join(import.meta.dirname, '../shared/audit/queries')

/** The questions that every operator has, one file each: a comment that describes it, then the query. */
export const savedQueries: readonly SavedQuery[] = readdirSync(folder)
  .filter((file) => file.endsWith('.sql'))
  .sort()
  .map((file) => readQuery(file))

function readQuery(file: string): SavedQuery {
  const text = readFileSync(join(folder, file), 'utf8')
  const [, description, sql] = /^-- ([^\n]+)\n(.+)$/s.exec(text) ?? []
  if (!description || !sql) throw new Error(`${file} does not begin with a comment`)
  return { name: basename(file, '.sql'), description, sql: sql.trimEnd() }
}
