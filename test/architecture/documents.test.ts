import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import { textOf } from '../../tools/project-files.ts'
import { commandsIn, deadLinks, documents, fencesIn } from './documents.ts'
import { typeErrors } from './snippets.ts'

const all = documents().map((path) => ({ path, text: textOf(path) }))

test('every link from one document to another leads somewhere', () => {
  expect(all.flatMap(({ path, text }) => deadLinks(path, text))).toEqual([])
})

test('a link to a missing file or a missing heading is found', () => {
  const text = '[a](CONTRIBUTING.md) [b](missing.md) [c](#nowhere) [d](https://example.com)'
  expect(deadLinks('README.md', text)).toEqual(['README.md -> missing.md', 'README.md -> #nowhere'])
})

test('the index of decisions names each one, by number and by title', () => {
  const index = textOf('docs/decisions/README.md')
  const decisions = all.filter(({ path }) => /decisions\/\d{4}-/.test(path))
  const rows = decisions.map(({ path, text }) => {
    const [, number, title] = /^# (\d{4}): (.+)$/m.exec(text) ?? []
    return `| [${number}](${path.slice('docs/decisions/'.length)}) | ${title} |`
  })
  expect(rows.filter((row) => !index.includes(row))).toEqual([])
  expect(
    decisions.filter(({ path, text }) => !text.startsWith(`# ${path.slice(15, 19)}: `)),
  ).toEqual([])
})

const scripts = new Set(Object.keys(packageFile.scripts))
const npmItself = new Set(['ci', 'install', 'exec'])

/** Why a command that a document shows cannot be run, or `undefined`. */
function problemOf(command: string): string | undefined {
  const [program, first = '', second = ''] = command.split(/\s+/)
  if (program === 'npm') {
    const script = first === 'run' ? second : first
    return scripts.has(script) || npmItself.has(script) ? undefined : `no script ${script}`
  }
  if (program === 'npx') return existsSync(`node_modules/.bin/${first}`) ? undefined : `no ${first}`
  if (program === 'node' || program === 'bash') return existsSync(first) ? undefined : `no ${first}`
  return undefined
}

test('every command that a document shows exists', () => {
  const problems = all.flatMap(({ path, text }) =>
    commandsIn(path, text).map((command) => ({ path, command, problem: problemOf(command) })),
  )
  expect(problems.filter(({ problem }) => problem !== undefined)).toEqual([])
})

test('every TypeScript that a document shows compiles', () => {
  const fences = all.flatMap(({ path, text }) => fencesIn(path, text))
  const own = fences.filter(({ language, file }) => language === 'ts' && file === undefined)
  expect(typeErrors(own)).toEqual([])
})

test('a snippet that does not compile is found', () => {
  const fence = { path: 'README.md', line: 7, language: 'ts', text: 'const x: string = 1\n' }
  expect(typeErrors([fence])).toEqual([
    "README.md:8 Type 'number' is not assignable to type 'string'.",
  ])
})
