import { globSync, readFileSync } from 'node:fs'

const notOurs = ['node_modules', '.git', '.local', 'build', 'cdk.out', '.ci/.venv']

/** Paths of the project's own files that match, sorted. */
export const projectFiles = (pattern: string): string[] =>
  globSync(pattern, { exclude: (path) => notOurs.includes(path) }).sort()

export const textOf = (path: string): string => readFileSync(path, 'utf8')
