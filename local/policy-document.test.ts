import { expect, test } from 'vitest'
import { parseKeyPolicy, parsePolicy } from './policy-document.ts'

const statement = { Effect: 'Allow', Action: 'a:b', Resource: '*' }
const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement })

test('policy document: one statement needs no list, nor does one action', () => {
  expect(parsePolicy({ Version: '2012-10-17', Statement: statement }, 'p')).toEqual([
    {
      id: 'p[0]',
      effect: 'Allow',
      actions: { negated: false, patterns: ['a:b'] },
      resources: { negated: false, patterns: ['*'] },
      conditions: [],
    },
  ])
})

test('policy document: quantifier, operator and IfExists are told apart', () => {
  const Condition = { 'ForAnyValue:StringLikeIfExists': { 'Svc:Key': ['a', true] } }
  const [parsed] = parsePolicy(document({ ...statement, Condition }), 'p')
  expect(parsed?.conditions).toEqual([
    {
      quantifier: 'ForAnyValue',
      operator: 'StringLike',
      ifExists: true,
      key: 'svc:key',
      values: ['a', 'true'],
    },
  ])
})

test.each([
  ['an older version', { Version: '2008-10-17', Statement: statement }],
  ['an unknown operator', document({ ...statement, Condition: { IpAddress: { k: '::1' } } })],
  ['an unknown element', document({ ...statement, NotPrincipal: '*' })],
  ['Action beside NotAction', document({ ...statement, NotAction: 'a:c' })],
  ['neither Resource nor NotResource', document({ Effect: 'Allow', Action: '*' })],
  ['an unknown effect', document({ ...statement, Effect: 'Maybe' })],
  ['a principal in an identity policy', document({ ...statement, Principal: '*' })],
])('policy document: %s is refused, never skipped', (_what, raw) => {
  expect(() => parsePolicy(raw, 'p')).toThrow()
})

test('policy document: a key policy names principals, an account by its number too', () => {
  const Principal = { AWS: ['111111111111', 'arn:aws:iam::1:role/r'], Service: 's.amazonaws.com' }
  const [parsed] = parseKeyPolicy(document({ ...statement, Principal }), 'k')
  expect(parsed?.principals).toEqual([
    'arn:aws:iam::111111111111:root',
    'arn:aws:iam::1:role/r',
    's.amazonaws.com',
  ])
  expect(() => parseKeyPolicy(document(statement), 'k')).toThrow('Principal')
})
