import { expect, test } from 'vitest'
import { parseCode } from './code.ts'
import { environmentReaders, impurities } from './purity.ts'

test.each([
  'export const f = async () => 1',
  'export const now = Date.now()',
  'export const now = new Date()',
  'export const id = Math.random()',
  'const id = randomBytes(16)',
  "import { readFileSync } from 'node:fs'",
  'const response = fetch("https://x")',
  'setTimeout(() => 1, 1)',
  'const id = crypto.randomUUID()',
  'const level = process.env.LEVEL',
])('a rule that says `%s` is refused', (text) => {
  expect(impurities(parseCode({ 'shared/oauth/x.ts': text }))).not.toEqual([])
})

test.each([
  'export const at = (seconds: number) => new Date(seconds * 1000)',
  "import { createHash } from 'node:crypto'",
  'export const steps = { process: 1 }\nexport const one = steps.process',
])('a rule that says `%s` is pure', (text) => {
  expect(impurities(parseCode({ 'shared/oauth/x.ts': text }))).toEqual([])
})

test('a second reader of the environment is refused', () => {
  const text = 'export const level = process.env.LEVEL'
  expect(environmentReaders(parseCode({ 'shared/aws/x.ts': text }))).toEqual(['shared/aws/x.ts'])
})
