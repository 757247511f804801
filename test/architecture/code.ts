import { posix } from 'node:path'
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast'
import {
  isCallExpression,
  isExportDeclaration,
  isImportDeclaration,
  isLiteralTypeNode,
  isStringLiteral,
} from 'typescript/unstable/ast/is'
import { createVirtualFileSystem, type FileSystem } from 'typescript/unstable/fs'
import { API } from 'typescript/unstable/sync'
import { projectFiles } from '../../tools/project-files.ts'

/** What a file imports: a path from the root of the project, `node:x`, or the name of a package. */
export interface Import {
  readonly target: string
  readonly line: number
  /** True when it is erased before anything runs. */
  readonly isType: boolean
  /** True for an `import()`, which loads nothing until it is reached. */
  readonly isLazy: boolean
}

/** A function-like node, and how many lines it covers. */
export interface FunctionSpan {
  readonly name: string
  readonly line: number
  readonly lines: number
}

/** One TypeScript file of the project, as far as the gates look into it. */
export interface CodeFile {
  readonly path: string
  readonly text: string
  readonly tree: SourceFile
  readonly imports: readonly Import[]
  readonly functions: readonly FunctionSpan[]
}

const functionKinds = new Set([
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
])

/** Every node below `root`, parents first. */
export function* nodesOf(root: Node): Generator<Node> {
  const children: Node[] = []
  root.forEachChild((child) => {
    children.push(child)
  })
  for (const child of children) {
    yield child
    yield* nodesOf(child)
  }
}

/** The line, counted from 1, on which the node's own text begins. */
export const lineOf = (tree: SourceFile, node: Node): number =>
  tree.getLineAndCharacterOfPosition(node.getStart()).line + 1

function functionSpan(tree: SourceFile, node: Node): FunctionSpan {
  const line = lineOf(tree, node)
  const lastLine = tree.getLineAndCharacterOfPosition(node.end).line + 1
  const name = /^[\w$]+/.exec(node.getText().replace(/^(async |function\*? ?)+/, ''))?.[0]
  return { name: name ?? 'anonymous', line, lines: lastLine - line + 1 }
}

/** The first two words of a scoped package's specifier, the first of any other. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

function targetOf(importer: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(importer), specifier)
  if (specifier.startsWith('#')) return specifier.slice(1)
  return specifier.startsWith('node:') ? specifier : packageOf(specifier)
}

const isTypeImport = (node: Node): boolean =>
  isImportDeclaration(node)
    ? node.importClause?.phaseModifier === SyntaxKind.TypeKeyword
    : isLiteralTypeNode(node) || (isExportDeclaration(node) && node.isTypeOnly)

function codeFile(path: string, tree: SourceFile): CodeFile {
  const imports = tree.imports.filter(isStringLiteral).map((literal) => ({
    target: targetOf(path, literal.text),
    line: lineOf(tree, literal),
    isType: isTypeImport(literal.parent),
    isLazy: isCallExpression(literal.parent),
  }))
  const functions = [...nodesOf(tree)]
    .filter((node) => functionKinds.has(node.kind))
    .map((node) => functionSpan(tree, node))
  return { path, text: tree.text, tree, imports, functions }
}

function readProjects(root: string, openProjects: readonly string[], fs?: FileSystem): CodeFile[] {
  const api = new API(fs ? { cwd: root, fs } : { cwd: root })
  const snapshot = api.updateSnapshot({ openProjects: [...openProjects] })
  const files = new Map<string, CodeFile>()
  for (const { program } of snapshot.getProjects()) {
    for (const name of program.getSourceFileNames()) {
      const path = posix.relative(root, name)
      if (!/\.tsx?$/.test(path) || /^(\.\.|node_modules)\//.test(path)) continue
      const tree = program.getSourceFile(name)
      if (tree) files.set(path, codeFile(path, tree))
    }
  }
  snapshot.dispose()
  api.close()
  return [...files.values()].sort((left, right) => left.path.localeCompare(right.path))
}

/** The configurations that `npm run typecheck` checks. */
export const typeCheckConfigs = (): string[] => projectFiles('**/tsconfig.json')

/** Parses every file that one of the project's type checks covers. */
export const readCode = (root: string): CodeFile[] =>
  readProjects(
    root,
    typeCheckConfigs().map((config) => `${root}/${config}`),
  )

/** Parses files that exist only in a test, so that each gate can be shown to close. */
export function parseCode(files: Readonly<Record<string, string>>): CodeFile[] {
  const config = '{"compilerOptions":{"noLib":true,"types":[]},"include":["."]}'
  const absolute = Object.entries(files).map(([path, text]) => [`/${path}`, text])
  const fs = createVirtualFileSystem({
    ...Object.fromEntries(absolute),
    '/tsconfig.json': config,
  })
  return readProjects('/', ['/tsconfig.json'], fs)
}
