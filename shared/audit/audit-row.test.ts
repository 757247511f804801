import { expect, test } from 'vitest'
import { type ClientId, trusted, type UserId } from '#shared/kernel/ids.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import { auditRowOf } from './audit-row.ts'
import { auditColumns, auditPartitions, bucketCount } from './columns.ts'
import type { TableChange } from './table-change.ts'

const change = (event: Partial<TableChange['event']> = {}, keys = {}): TableChange => ({
  kind: 'created',
  pk: 'SESSION#acme#ada',
  sk: 'sid',
  ...keys,
  event: { id: 'e1', time: epochSeconds(1_795_478_399), activity: 'sign-in', ...event },
})

const user = trusted<UserId>('ada')
const client = trusted<ClientId>('app')

test('a row has the columns and partitions of the table, and no others', () => {
  const names = Object.keys({ ...auditColumns, ...auditPartitions })
  expect(Object.keys(auditRowOf(change()))).toEqual(names)
})

test('a row says who did what, where from, when, and whether it was allowed', () => {
  const event = { user, client, address: '203.0.113.9', rule: 'a/b' }
  expect(auditRowOf(change(event))).toMatchObject({
    id: 'e1',
    time: '2026-11-23 23:59:59',
    day: '2026-11-23',
    tenant: 'acme',
    class_uid: 3002,
    activity: 'sign-in',
    activity_id: 1,
    status: 'Success',
    actor: 'ada',
    client_id: 'app',
    src_ip: '203.0.113.9',
    rule: 'a/b',
  })
})

test('what does not apply is null', () => {
  const keys = { pk: 'SEALINGKEY#code', sk: 'k1' }
  expect(auditRowOf(change({ activity: 'key-created' }, keys))).toMatchObject({
    tenant: null,
    actor: 'sallyport',
    client_id: null,
    src_ip: null,
    rule: null,
  })
})

test('the whole OCSF event is in the row, with its time in milliseconds', () => {
  expect(JSON.parse(auditRowOf(change()).ocsf ?? '')).toMatchObject({
    class_uid: 3002,
    time: 1_795_478_399_000,
    metadata: { uid: 'e1' },
  })
})

test.each([
  ['a person', { user, client }, {}, 'ada'],
  ['an app by itself', { client, activity: 'token-issued' }, {}, 'app'],
  ['whoever applied the configuration', { user, activity: 'user-changed' }, {}, 'operator'],
  [
    'an account that was tried',
    { activity: 'sign-in-failed' },
    { pk: 'FAILEDPASSWORD#acme#hash', sk: 'account' },
    'sha256:hash',
  ],
  [
    'nobody, in the counter of an address',
    { activity: 'sign-in-failed' },
    { pk: 'FAILEDPASSWORD#acme#hash', sk: 'address' },
    null,
  ],
] as const)('the actor is %s', (_, event, keys, actor) => {
  expect(auditRowOf(change(event, keys)).actor).toBe(actor)
})

test('deliveries of one event meet in one partition, whatever carried them', () => {
  const { day, bucket } = auditRowOf(change())
  expect(auditRowOf(change({}, { pk: 'FAILEDPASSWORD#acme#x', sk: 'address' }))).toMatchObject({
    day,
    bucket,
  })
})

test('events spread over all buckets, each of two digits', () => {
  const buckets = Array.from({ length: 400 }, (_, n) => auditRowOf(change({ id: `e${n}` })).bucket)
  expect(new Set(buckets).size).toBe(bucketCount)
  for (const bucket of buckets) expect(bucket).toMatch(/^(0\d|1[0-5])$/)
})
