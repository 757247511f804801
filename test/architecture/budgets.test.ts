import { expect, test } from 'vitest'
import { longEntries, longFiles, longFunctions, quantile } from './budgets.ts'
import { parseCode } from './code.ts'

test('what is too long is named with its length', () => {
  const long = parseCode({
    'functions/oauth2/x.ts': `${'\n'.repeat(20)}1`,
    'shared/oauth/y.ts': `function y() {${'\n'.repeat(60)}}`,
    'shared/oauth/z.ts': `${'\n'.repeat(300)}1`,
  })
  expect(longEntries(long)).toEqual(['functions/oauth2/x.ts has 21 lines'])
  expect(longFunctions(long)).toEqual(['shared/oauth/y.ts:1 y has 61 lines'])
  expect(longFiles(long)).toEqual(['shared/oauth/z.ts has 301 lines'])
})

test('the median is the middle of the sorted numbers', () => {
  expect(quantile([9, 1, 5], 0.5)).toBe(5)
})
