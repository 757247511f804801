import type { CodeFile } from './code.ts'
import { layerOf } from './layers.ts'

/** The hard limits, in lines; what one aims at is 40, 200 and a dozen. */
const hardLimit = { function: 60, file: 300, entry: 20 }

/** Files that are data, a schema or texts: their length is the length of what they list. */
const exemptFromFileLimit = new Set<string>(['infra/endpoints.ts'])

const linesOf = ({ text }: CodeFile): number => text.trimEnd().split('\n').length

export const longFunctions = (files: readonly CodeFile[]): string[] =>
  files
    .filter(({ path }) => layerOf(path) !== 'tests')
    .flatMap(({ path, functions }) =>
      functions
        .filter(({ lines }) => lines > hardLimit.function)
        .map(({ name, line, lines }) => `${path}:${line} ${name} has ${lines} lines`),
    )

export const longFiles = (files: readonly CodeFile[]): string[] =>
  files
    .filter(({ path }) => !exemptFromFileLimit.has(path))
    .filter((file) => linesOf(file) > hardLimit.file)
    .map((file) => `${file.path} has ${linesOf(file)} lines`)

export const longEntries = (files: readonly CodeFile[]): string[] =>
  files
    .filter(({ path }) => layerOf(path) === 'entries')
    .filter((file) => linesOf(file) > hardLimit.entry)
    .map((file) => `${file.path} has ${linesOf(file)} lines`)

/** The value below which the given share of the numbers lies; the median at one half. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((left, right) => left - right)
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0
}

const spread = (what: string, numbers: readonly number[]): string =>
  `${what}: ${numbers.length}, median ${quantile(numbers, 0.5)} lines, p90 ${quantile(numbers, 0.9)}, longest ${Math.max(0, ...numbers)}`

const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** What is watched and not gated: how long functions and files are, and how much test there is. */
export function measures(files: readonly CodeFile[]): string[] {
  const isTest = ({ path }: CodeFile) => layerOf(path) === 'tests'
  const source = files.filter((file) => !isTest(file))
  const sourceLines = total(source.map(linesOf))
  const testLines = total(files.filter(isTest).map(linesOf))
  const named = source
    .flatMap(({ functions }) => functions)
    .filter(({ name }) => name !== 'anonymous')
  return [
    spread(
      'functions',
      named.map(({ lines }) => lines),
    ),
    spread('files', source.map(linesOf)),
    `test lines : source lines = ${testLines} : ${sourceLines} = ${(testLines / sourceLines).toFixed(2)}`,
  ]
}
