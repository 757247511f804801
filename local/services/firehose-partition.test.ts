import { expect, test } from 'vitest'
import {
  errorPrefixOf,
  objectName,
  PartitionError,
  parsePartitionQuery,
  prefixOf,
} from './firehose-partition.ts'

const now = new Date('2026-02-03T04:05:06.789Z')
const keys = parsePartitionQuery('{day: .day, bucket : .inner.bucket}')
const prefix = 'log/day=!{partitionKeyFromQuery:day}/bucket=!{partitionKeyFromQuery:bucket}/'

test('dynamic partitioning: the prefix takes its keys from the record', () => {
  const record = { day: '2026-02-03', inner: { bucket: 7 } }
  expect(prefixOf(prefix, keys, record, now)).toBe('log/day=2026-02-03/bucket=7/')
})

test.each([
  {},
  { day: '', inner: { bucket: 1 } },
  { day: null },
  'text',
  null,
  { day: 'x', inner: 1 },
])('dynamic partitioning: %j has no partition', (record) => {
  expect(() => prefixOf(prefix, keys, record, now)).toThrow(PartitionError)
})

test.each(['.day', '{day: .day | tostring}', '{day: .list[0]}', '{day}'])(
  'dynamic partitioning: the jq query %s is refused, and not taken for another',
  (query) => {
    expect(() => parsePartitionQuery(query)).toThrow('the local cloud cannot read')
  },
)

test('a prefix may hold the time in UTC, and an error prefix the kind of the error', () => {
  expect(prefixOf('a/!{timestamp:yyyy/MM/dd-HH}/', new Map(), {}, now)).toBe('a/2026/02/03-04/')
  expect(errorPrefixOf('failed/!{firehose:error-output-type}/', 'x-failed', now)).toBe(
    'failed/x-failed/',
  )
  expect(() => errorPrefixOf('!{firehose:random-string}', 'x', now)).toThrow('is unknown')
})

test('an object is named after its stream and the time, and never like another', () => {
  expect(objectName('events', now)).toMatch(/^events-1-2026-02-03-04-05-06-[0-9a-f-]{36}$/)
  expect(objectName('events', now)).not.toBe(objectName('events', now))
})
