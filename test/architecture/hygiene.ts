import { type Node, SyntaxKind } from 'typescript/unstable/ast'
import { isAsExpression, isCallExpression } from 'typescript/unstable/ast/is'
import { type CodeFile, lineOf, nodesOf } from './code.ts'
import { layerOf } from './layers.ts'

/** What no text of the project may hold, and how it is called in the finding. */
const banned: readonly (readonly [RegExp, string])[] = [
  [/\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b/, 'leaves work for later'],
  [/@ts-(ignore|nocheck)/, 'silences the type checker'],
  [/@ts-expect-error\s*$/, 'expects an error without a reason'],
  [/biome-ignore[^:]*(:\s*)?$/, 'suppresses a lint without a reason'],
]

const textFindings = ({ path, text }: CodeFile): string[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      banned
        .filter(([pattern]) => pattern.test(line))
        .map(([, what]) => `${path}:${index + 1} ${what}`),
    )

/** Skipping is said to the test context, with the reason that the summary prints. */
const silentSkip = /^(test|it|describe|suite)(\.\w+)*\.(skip|only|todo|fails|skipIf|runIf)$/

function findingOf(node: Node): string | undefined {
  if (node.kind === SyntaxKind.AnyKeyword) return 'says any'
  if (!isCallExpression(node)) return undefined
  const called = node.expression.getText()
  if (silentSkip.test(called)) return 'skips tests without a printed reason'
  if (/\bskip$/.test(called) && called.includes('.') && node.arguments.length === 0)
    return 'skips without a reason'
  return undefined
}

const codeFindings = ({ path, tree }: CodeFile): string[] =>
  [...nodesOf(tree)].flatMap((node) => {
    const finding = findingOf(node)
    return finding === undefined ? [] : [`${path}:${lineOf(tree, node)} ${finding}`]
  })

export const blemishes = (files: readonly CodeFile[]): string[] =>
  files.flatMap((file) => [...textFindings(file), ...codeFindings(file)])

/** Where a value gets its brand, a codec or parser says what it has just checked, or a table names its keys. */
const mayAssertTypes = new Set([
  'infra/access.ts',
  'shared/aws/unavailable.ts',
  'shared/kernel/ids.ts',
  'shared/kernel/sealed-content.ts',
  'shared/kernel/time.ts',
  'shared/kernel/without-absent.ts',
  'shared/node/phc-string.ts',
  'shared/node/token-verifier.ts',
  'shared/oauth/token/access-token.ts',
  'shared/oauth/authorization/code-challenge.ts',
  'shared/oauth/token/refresh-token.ts',
  'shared/store/record.ts',
])

/** Assertions of a type (`as T`, not `as const`) elsewhere, where they would only silence the checker. */
export const strayAssertions = (files: readonly CodeFile[]): string[] =>
  files
    .filter(({ path }) => layerOf(path) !== 'tests' && !mayAssertTypes.has(path))
    .flatMap(({ path, tree }) =>
      [...nodesOf(tree)]
        .filter(isAsExpression)
        .filter((node) => node.type.getText() !== 'const')
        .map((node) => `${path}:${lineOf(tree, node)} ${node.getText().replaceAll(/\s+/g, ' ')}`),
    )
