import { expect, test } from 'vitest'
import { parseCode } from './code.ts'
import { blemishes, strayAssertions } from './hygiene.ts'

test('an assertion of a type elsewhere is found, `as const` is none', () => {
  const text = 'export const one = 1 as unknown\nexport const two = [2] as const'
  expect(strayAssertions(parseCode({ 'shared/oauth/x.ts': text }))).toEqual([
    'shared/oauth/x.ts:1 1 as unknown',
  ])
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
