import { expect, test } from 'vitest'
import { parseCode, readCode } from './code.ts'
import { blemishes, typeAssertions } from './hygiene.ts'

const code = readCode(process.cwd())

test('no text leaves work for later, silences a checker or skips without a reason', async ({
  annotate,
}) => {
  await annotate(`type assertions outside tests: ${typeAssertions(code).length}`)
  expect(blemishes(code)).toEqual([])
})

test.each([
  ['a note to oneself', '// TO' + 'DO later'],
  ['a silenced type check', '// @ts-' + 'ignore'],
  ['an expected error without a reason', '// @ts-expect-' + 'error'],
  ['a suppressed lint without a reason', '// biome-' + 'ignore lint/style/x:'],
  ['any', 'let x: any'],
  ['a skipped test', "test.skip('x', () => {})"],
  ['a test that runs alone', "test.only('x', () => {})"],
  ['a skip without a reason', "test('x', (context) => context.skip())"],
])('%s is refused', (_, text) => {
  expect(blemishes(parseCode({ 'shared/oauth/x.ts': text }))).toHaveLength(1)
})

test.each([
  "test('x', (context) => context.skip('no browser'))",
  '// @ts-expect-' + 'error seconds are no text',
])('`%s` is fine', (text) => {
  expect(blemishes(parseCode({ 'shared/oauth/x.test.ts': text }))).toEqual([])
})
