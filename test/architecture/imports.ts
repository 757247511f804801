import type { CodeFile, Import } from './code.ts'
import { areaOf, layerOf, mayImport, mayUseArea, packageHomes } from './layers.ts'

type Rule = (from: CodeFile, { target }: Import) => string | undefined

const isOurs = (target: string): boolean =>
  layerOf(target) !== undefined || target.endsWith('.json')

/** Inner layers know nothing of outer ones. */
const layerRule: Rule = (from, { target }) => {
  const layer = layerOf(from.path)
  const reached = layerOf(target)
  if (layer === undefined || layer === 'tests' || reached === undefined) return undefined
  return mayImport[layer].includes(reached) ? undefined : `${layer} may not import ${reached}`
}

/** Areas know each other only along the table, which has no cycle. */
const areaRule: Rule = (from, { target }) => {
  const area = areaOf(from.path)
  const reached = areaOf(target)
  if (layerOf(from.path) === 'tests' || area === undefined || reached === undefined)
    return undefined
  const allowed = mayUseArea[area] ?? []
  const file = target.replace(/^shared\//, '')
  if (area === reached || allowed.includes(reached) || allowed.includes(file)) return undefined
  return `area ${area} may not import area ${reached}`
}

/** Each package has a home; the AWS SDK is known to the store and the AWS adapters only. */
const packageRule: Rule = (from, { target }) => {
  const layer = layerOf(from.path)
  if (isOurs(target) || target.startsWith('node:')) return undefined
  if (layer === 'tests' || layer === 'tools' || layer === 'examples') return undefined
  const family = target.startsWith('@aws-sdk/') ? '@aws-sdk' : target
  return packageHomes[family]?.test(from.path) ? undefined : `${target} has no business here`
}

const rules = [layerRule, areaRule, packageRule]

/** Imports that break a rule, as `path:line reason`. */
export const forbiddenImports = (files: readonly CodeFile[]): string[] =>
  files.flatMap((file) =>
    file.imports.flatMap((imported) =>
      rules
        .map((rule) => rule(file, imported))
        .filter((reason) => reason !== undefined)
        .map((reason) => `${file.path}:${imported.line} ${reason}: ${imported.target}`),
    ),
  )

/** Entries are wiring: the runtime, a parser and one flow, or a rule where nothing has to be awaited. */
export function overloadedEntries(files: readonly CodeFile[]): string[] {
  const entries = files.filter(({ path }) => layerOf(path) === 'entries')
  return entries.flatMap(({ path, imports }) => {
    const flows = imports.filter(({ target }) => layerOf(target) === 'flows').length
    return flows <= 1 ? [] : [`${path} imports ${flows} flows`]
  })
}

/** The first cycle in a graph of names, as the names along it, or `undefined`. */
export function findCycle(
  graph: Readonly<Record<string, readonly string[]>>,
): string[] | undefined {
  const visit = (name: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name]
    return follow(graph[name] ?? [], [...path, name])
  }
  const follow = (names: readonly string[], path: readonly string[]): string[] | undefined => {
    for (const name of names) {
      const cycle = visit(name, path)
      if (cycle) return cycle
    }
    return undefined
  }
  return follow(Object.keys(graph), [])
}
