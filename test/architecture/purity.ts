import { type Node, SyntaxKind } from 'typescript/unstable/ast'
import { isNewExpression } from 'typescript/unstable/ast/is'
import { type CodeFile, lineOf, nodesOf } from './code.ts'
import { layerOf } from './layers.ts'

/** Modules of Node that compute and do nothing else. */
const pureModules = new Set(['node:buffer', 'node:crypto', 'node:net', 'node:util'])

/** Globals and functions that wait, look at a clock, draw at random or touch the world. */
const impureNames =
  /^(fetch|setTimeout|setInterval|setImmediate|queueMicrotask|performance|process|console|crypto|random(Bytes|UUID|Int|Fill|FillSync)|getRandomValues|generateKey(Pair)?(Sync)?|Temporal)$/

const impureMembers = /^(Date\.now|Math\.random|(Web)?[cC]rypto\.)/

const awaiting = new Set([
  SyntaxKind.AwaitExpression,
  SyntaxKind.AsyncKeyword,
  SyntaxKind.AwaitKeyword,
])

function impurityOf(node: Node): string | undefined {
  if (awaiting.has(node.kind)) return 'waits'
  if (isNewExpression(node) && /^new Date(\(\))?$/.test(node.getText())) return 'reads the clock'
  const text = node.getText()
  if (node.kind === SyntaxKind.PropertyAccessExpression && impureMembers.test(text)) return text
  if (node.kind === SyntaxKind.Identifier && impureNames.test(text) && !isMemberName(node))
    return text
  return undefined
}

/** The `process` in `events.process` or in `{ process: 1 }` is only a name. */
function isMemberName(node: Node): boolean {
  const before = node.parent.getText().slice(0, node.getStart() - node.parent.getStart())
  const isKey = node.parent.kind === SyntaxKind.PropertyAssignment && before === ''
  return (
    before.trimEnd().endsWith('.') || isKey || node.parent.kind === SyntaxKind.PropertySignature
  )
}

function impuritiesOf(file: CodeFile): string[] {
  const modules = file.imports
    .filter(({ target }) => target.startsWith('node:') && !pureModules.has(target))
    .map(({ target, line }) => `${file.path}:${line} imports ${target}`)
  const acts = [...nodesOf(file.tree)].flatMap((node) => {
    const act = impurityOf(node)
    return act === undefined ? [] : [`${file.path}:${lineOf(file.tree, node)} ${act}`]
  })
  return [...modules, ...acts]
}

/** What rules and the kernel do beside computing. */
export const impurities = (files: readonly CodeFile[]): string[] =>
  files
    .filter(({ path }) => ['kernel', 'rules'].includes(layerOf(path) ?? ''))
    .flatMap(impuritiesOf)

/** Readers of the environment other than the one that parses it. */
export const environmentReaders = (files: readonly CodeFile[]): string[] =>
  files
    .filter(({ path }) => /^(functions|shared)\//.test(path) && layerOf(path) !== 'tests')
    .filter(({ path }) => path !== 'functions/_runtime/config.ts')
    .filter(({ tree }) => [...nodesOf(tree)].some((node) => /^process\.env$/.test(node.getText())))
    .map(({ path }) => path)
