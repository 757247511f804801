import { globSync, readFileSync } from 'node:fs'

const notOurs = new Set(['node_modules', '.git', '.local', 'build', 'cdk.out'])

/** Paths of the project's own files that match the glob, sorted. */
export const projectFiles = (pattern: string): string[] =>
  globSync(pattern, { exclude: (path) => notOurs.has(path) }).sort()

export const textOf = (path: string): string => readFileSync(path, 'utf8')
