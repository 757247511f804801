/** Glue's types of columns -> DuckDB's. */
const byGlueType: Readonly<Record<string, string>> = {
  bigint: 'BIGINT',
  binary: 'BLOB',
  boolean: 'BOOLEAN',
  date: 'DATE',
  double: 'DOUBLE',
  float: 'FLOAT',
  int: 'INTEGER',
  smallint: 'SMALLINT',
  string: 'VARCHAR',
  timestamp: 'TIMESTAMP',
  tinyint: 'TINYINT',
}

/**
 * DuckDB's type for a column of a Glue table.
 *
 * @throws Error for types that no table here has
 */
export function duckDbType(glueType: string): string {
  const found = byGlueType[glueType]
  if (found === undefined) throw new Error(`the local cloud has no Glue type ${glueType}`)
  return found
}

/** DuckDB's types -> Athena's, where another word is used; a sum is a HUGEINT here and a bigint there. */
const byDuckDbType: Readonly<Record<string, string>> = {
  BLOB: 'varbinary',
  FLOAT: 'float',
  HUGEINT: 'bigint',
  '"NULL"': 'unknown',
  TIMESTAMP_NS: 'timestamp',
  UBIGINT: 'bigint',
  UINTEGER: 'bigint',
}

const parametric: readonly (readonly [RegExp, string])[] = [
  [/^DECIMAL\(/, 'decimal'],
  [/\[\d*\]$/, 'array'],
  [/^STRUCT\(/, 'row'],
  [/^MAP\(/, 'map'],
]

/** @see https://docs.aws.amazon.com/athena/latest/ug/data-types.html */
export function athenaType(duckDb: string): string {
  const found = parametric.find(([pattern]) => pattern.test(duckDb))
  return found?.[1] ?? byDuckDbType[duckDb] ?? duckDb.toLowerCase()
}
