import { API } from 'typescript/unstable/sync'
import type { Fence } from './documents.ts'

const root = process.cwd()
const config = `${root}/tsconfig.snippets.json`
const nameOf = (index: number): string => `${root}/snippet-${index}.ts`

/** The project's own configuration over files that exist only here; everything else comes from the disk. */
function virtualFiles(fences: readonly Fence[]): Map<string, string> {
  const files = fences.map((_, index) => nameOf(index))
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false }
  return new Map([
    [config, JSON.stringify({ extends: './tsconfig.json', files, include: [], compilerOptions })],
    ...fences.map(({ text }, index): [string, string] => [nameOf(index), `${text}\nexport {}\n`]),
  ])
}

/** Type checks the snippets of documents as modules in the root of the project. */
export function typeErrors(fences: readonly Fence[]): string[] {
  const files = virtualFiles(fences)
  const api = new API({
    cwd: root,
    fs: {
      readFile: (path) => files.get(path),
      fileExists: (path) => (files.has(path) ? true : undefined),
    },
  })
  const snapshot = api.updateSnapshot({ openProjects: [config] })
  const program = snapshot.getProject(config)?.program
  const errors = fences.flatMap(({ path, line }, index) => {
    const tree = program?.getSourceFile(nameOf(index))
    if (!program || !tree) return [`${path}:${line} was not checked`]
    const found = [
      ...program.getSyntacticDiagnostics(nameOf(index)),
      ...program.getSemanticDiagnostics(nameOf(index)),
    ]
    return found.map(({ pos, text }) => {
      const inside = tree.getLineAndCharacterOfPosition(pos).line
      return `${path}:${line + 1 + inside} ${text}`
    })
  })
  snapshot.dispose()
  api.close()
  return errors
}
