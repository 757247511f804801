import { expect, test } from 'vitest'
import { comparableName, problemOfName } from './user-name.ts'

test('rfc7643 section 4.1.1: userName is compared without case', () => {
  expect(comparableName('Ada@Example.COM')).toBe(comparableName('ada@example.com'))
})

test('the same name in another Unicode form is the same name', () => {
  expect(comparableName('Zoe\u0308')).toBe(comparableName('Zoë'))
  expect(comparableName('ＡＤＡ')).toBe('ada')
})

test('names of people everywhere are good names', () => {
  for (const name of ['ada@example.com', 'grace', 'José García', '渡辺', 'محمد', "o'neill#1"]) {
    expect(problemOfName(name), name).toBeUndefined()
  }
})

test('an empty, padded or overlong name is refused', () => {
  expect(problemOfName('')).toBe('must not be empty')
  expect(problemOfName(' ada')).toMatch(/space/)
  expect(problemOfName('x'.repeat(129))).toMatch(/at most 128/)
  expect(problemOfName('\ufdfa'.repeat(8)), 'one character that NFKC makes 18 of').toMatch(
    /at most/,
  )
})

test('control and invisible characters are refused', () => {
  for (const name of ['a\u0000b', 'a\nb', 'a\u200bb', 'a\u202eb', 'a\ud800']) {
    expect(problemOfName(name), JSON.stringify(name)).toMatch(/invisible/)
  }
})
