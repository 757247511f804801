import { expect, test } from 'vitest'
import { parseCode } from './code.ts'

const [file] = parseCode({
  'shared/oauth/x.ts': `
import type { A } from './messages/y.ts'
import { z } from 'zod/mini'
export * from '#shared/kernel/z.ts'
const client = await import('@aws-sdk/client-kms')
type K = import('node:fs').Stats

function outer() {
  return () =>
    1
}
class C {
  constructor() {}
}
`,
})

test('static, dynamic and type imports are all seen, and resolved from the root', () => {
  expect(file?.imports.map(({ target, line }) => `${target}:${line}`)).toEqual([
    'shared/oauth/messages/y.ts:2',
    'zod:3',
    'shared/kernel/z.ts:4',
    '@aws-sdk/client-kms:5',
    'node:fs:6',
  ])
})

test('every function is measured from its first line to its last', () => {
  expect(file?.functions.map(({ name, line, lines }) => `${name} ${line} ${lines}`)).toEqual([
    'outer 8 4',
    'anonymous 9 2',
    'constructor 13 1',
  ])
})
