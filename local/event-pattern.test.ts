import { expect, test } from 'vitest'
import { parseEventPattern } from './event-pattern.ts'

const event = { source: 'table', list: ['a', 'b'], inner: { count: 3, none: null } }

test.each([
  ['{"source":["table"]}', true],
  ['{"source":["other","table"]}', true],
  ['{"source":["other"]}', false],
  ['{"source":["table"],"inner":{"count":[4]}}', false],
  ['{"inner":{"count":[3]}}', true],
  ['{"inner":{"none":[null]}}', true],
  ['{"list":["b"]}', true],
  ['{"inner":{"count":[{"exists":true}]}}', true],
  ['{"inner":{"absent":[{"exists":true}]}}', false],
  ['{"inner":{"absent":[{"exists":false}]}}', true],
  ['{"absent":{"deep":{"S":[{"exists":true}]}}}', false],
  ['{"source":[{"prefix":"ta"}]}', true],
  ['{"source":[{"suffix":"ta"}]}', false],
  ['{"source":[{"anything-but":["table"]}]}', false],
  ['{"source":[{"anything-but":"other"}]}', true],
  ['{"source":[{"equals-ignore-case":"TABLE"}]}', true],
])('EventBridge patterns: %s matches: %s', (pattern, matches) => {
  expect(parseEventPattern(pattern)(event)).toBe(matches)
})

test.each([
  '{"a":[{"numeric":[">",1]}]}',
  '{"a":"text"}',
  '["a"]',
  '{"a":[{"prefix":"x","exists":true}]}',
])('EventBridge patterns: %s is refused, and not silently ignored', (pattern) => {
  expect(() => parseEventPattern(pattern)).toThrow()
})
