// biome-ignore-all lint/suspicious/noTemplateCurlyInString: IAM writes its variables so
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holds, matchesPattern, requestContext } from './iam-conditions.ts'
import { parsePolicy } from './policy-document.ts'

type Values = Readonly<Record<string, string | readonly string[]>>

/** Whether `{ [operator]: { k: wanted } }` holds in a request. */
function condition(operator: string, wanted: unknown, values: Values): boolean {
  const statement = {
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
    Condition: { [operator]: { 'Svc:K': wanted } },
  }
  const [parsed] = parsePolicy({ Version: '2012-10-17', Statement: statement }, 'p')
  return (parsed?.conditions ?? []).every((each) => holds(each, requestContext(values)))
}

const k = (value: string | readonly string[]): Values => ({ 'svc:k': value })

test.each([
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a', 'A', false],
  ['StringEquals', 'a*', 'ab', false],
  ['StringNotEquals', 'a', 'b', true],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringEqualsIgnoreCase', 'a', 'A', true],
  ['StringNotEqualsIgnoreCase', 'a', 'A', false],
  ['StringLike', 'a*', 'ab', true],
  ['StringLike', 'a?', 'a', false],
  ['StringNotLike', 'a*', 'ab', false],
  ['ArnLike', 'arn:aws:sns:*:1:t', 'arn:aws:sns:eu:1:t', true],
  ['ArnLike', 'arn:aws:*:t', 'arn:aws:sns:eu:1:t', false],
  ['ArnLike', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/x:y', true],
  ['ArnEquals', 'arn:aws:sns:*:1:t', 'arn:aws:sns:eu:1:t', true],
  ['ArnNotLike', 'arn:aws:sns:*:1:t', 'arn:aws:sns:eu:2:t', true],
  ['Bool', true, 'true', true],
  ['Bool', 'false', 'true', false],
  ['NumericEquals', '10', '10.0', true],
  ['NumericNotEquals', '10', '10', false],
  ['NumericLessThan', '10', '9', true],
  ['NumericLessThanEquals', '10', '10', true],
  ['NumericGreaterThan', '10', '9', false],
  ['NumericGreaterThanEquals', '10', 'x', false],
])('IAM condition %s of %j: a request with %j gives %s', (operator, wanted, value, expected) => {
  expect(condition(operator, wanted, k(value))).toBe(expected)
})

test('IAM condition: a key that is absent fails, except for the negated operators and IfExists', () => {
  expect(condition('StringEquals', 'a', {})).toBe(false)
  expect(condition('StringNotEquals', 'a', {})).toBe(true)
  expect(condition('StringEqualsIfExists', 'a', {})).toBe(true)
  expect(condition('StringEqualsIfExists', 'a', k('b'))).toBe(false)
})

test('IAM condition Null: true wants the key absent, false wants it present', () => {
  expect(condition('Null', 'true', {})).toBe(true)
  expect(condition('Null', 'false', {})).toBe(false)
  expect(condition('Null', false, k('a'))).toBe(true)
  expect(condition('Null', 'false', k([]))).toBe(false)
})

test('IAM condition ForAllValues: every value must match, and no value at all does', () => {
  const all = (values: Values) => condition('ForAllValues:StringLike', ['a*', 'b'], values)
  expect(all(k(['a1', 'b']))).toBe(true)
  expect(all(k(['a1', 'c']))).toBe(false)
  expect(all({})).toBe(true)
  expect(all(k([]))).toBe(true)
})

test('IAM condition ForAnyValue: one value must match, and no value at all does not', () => {
  const any = (values: Values) => condition('ForAnyValue:StringEquals', ['a', 'b'], values)
  expect(any(k(['c', 'b']))).toBe(true)
  expect(any(k(['c']))).toBe(false)
  expect(any({})).toBe(false)
  expect(condition('ForAnyValue:StringNotEquals', 'a', {})).toBe(false)
})

test('IAM condition: the names of keys ignore case', () => {
  expect(condition('StringEquals', 'a', { 'SVC:k': 'a' })).toBe(true)
})

test('IAM condition: policy variables are replaced in the wanted values', () => {
  expect(condition('StringEquals', '${svc:other}', { ...k('a'), 'svc:other': 'a' })).toBe(true)
  expect(condition('StringEquals', '${svc:other}', k('a'))).toBe(false)
  expect(condition('StringNotEquals', '${svc:other}', k('a'))).toBe(true)
})

test('IAM condition: ForAllValues of an operator is never what ForAnyValue of its negation is', () => {
  const values = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })
  fc.assert(
    fc.property(values, values, (presented, wanted) => {
      const all = condition('ForAllValues:StringEquals', wanted, k(presented))
      expect(condition('ForAnyValue:StringNotEquals', wanted, k(presented))).toBe(!all)
    }),
  )
})

test('IAM wildcards: a pattern without any matches only itself, whatever characters it has', () => {
  const plain = fc.string({ unit: 'binary' }).filter((text) => !/[*?$]/.test(text))
  fc.assert(
    fc.property(plain, plain, (pattern, text) => {
      expect(matchesPattern(pattern, pattern, new Map())).toBe(true)
      expect(matchesPattern(text, pattern, new Map())).toBe(text === pattern)
      expect(matchesPattern(`${pattern}${text}`, `${pattern}*`, new Map())).toBe(true)
    }),
  )
})
