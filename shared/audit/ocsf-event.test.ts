import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ClientId, trusted, type UserId } from '#shared/kernel/ids.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { Activity } from './event.ts'
import { ocsfEventOf } from './ocsf-event.ts'
import type { TableChange } from './table-change.ts'

const user = trusted<UserId>('ada')
const client = trusted<ClientId>('app')

const change = (activity: string, more: Partial<TableChange> = {}): TableChange => ({
  kind: 'changed',
  pk: 'USER#acme#ada',
  sk: '#',
  ...more,
  event: {
    id: 'e1',
    time: epochSeconds(1_795_000_000),
    activity,
    user,
    client,
    address: '203.0.113.9',
    ...more.event,
  },
})

/** Class, activity and status of each word; a word that is missing here does not compile. */
const said: Readonly<Record<Activity, readonly [number, number, 'Success' | 'Failure']>> = {
  'sign-in': [3002, 1, 'Success'],
  'sign-in-failed': [3002, 1, 'Failure'],
  'sign-out': [3002, 2, 'Success'],
  'session-revoked': [3002, 2, 'Success'],
  'logout-delivered': [3002, 2, 'Success'],
  'logout-undelivered': [3002, 2, 'Failure'],
  'ping-delivered': [3003, 99, 'Success'],
  'ping-undelivered': [3003, 99, 'Failure'],
  consent: [3003, 1, 'Success'],
  'code-redeemed': [3003, 1, 'Success'],
  'code-replayed': [3003, 99, 'Failure'],
  'token-refreshed': [3003, 1, 'Success'],
  'refresh-replayed': [3003, 99, 'Failure'],
  'token-revoked': [3003, 99, 'Success'],
  'token-issued': [3003, 1, 'Success'],
  'token-exchanged': [3003, 1, 'Success'],
  'assertion-redeemed': [3003, 1, 'Success'],
  'stranger-counted': [3003, 99, 'Success'],
  'request-pushed': [3003, 99, 'Success'],
  'request-answered': [3003, 99, 'Success'],
  'device-requested': [3003, 99, 'Success'],
  'device-allowed': [3003, 1, 'Success'],
  'device-denied': [3003, 99, 'Success'],
  'device-redeemed': [3003, 1, 'Success'],
  'device-replayed': [3003, 99, 'Failure'],
  'backchannel-requested': [3003, 99, 'Success'],
  'backchannel-allowed': [3003, 1, 'Success'],
  'backchannel-denied': [3003, 99, 'Success'],
  'backchannel-redeemed': [3003, 1, 'Success'],
  'backchannel-replayed': [3003, 99, 'Failure'],
  'user-code-entered': [3003, 99, 'Success'],
  'user-code-failed': [3003, 99, 'Failure'],
  'tenant-changed': [3004, 3, 'Success'],
  'client-changed': [3004, 3, 'Success'],
  'registration-attempted': [3004, 99, 'Success'],
  'client-registered': [3004, 3, 'Success'],
  'client-removed': [3004, 4, 'Success'],
  'initial-token-changed': [3004, 3, 'Success'],
  'initial-token-used': [3004, 99, 'Success'],
  'resource-changed': [3004, 3, 'Success'],
  'issuer-changed': [3004, 3, 'Success'],
  'user-changed': [3001, 99, 'Success'],
  'group-changed': [3004, 3, 'Success'],
  'password-changed': [3001, 3, 'Success'],
  'key-created': [3004, 1, 'Success'],
  'key-activated': [3004, 3, 'Success'],
  'key-replaced': [3004, 3, 'Success'],
  'key-retired': [3004, 4, 'Success'],
  'key-withdrawn': [3004, 3, 'Success'],
}

const words = Object.entries(said)

const ofEveryClass = z.object({
  activity_id: z.int(),
  activity_name: z.string().min(1),
  category_uid: z.literal(3),
  category_name: z.literal('Identity & Access Management'),
  class_uid: z.int(),
  class_name: z.string(),
  type_uid: z.int(),
  type_name: z.string(),
  severity_id: z.int().min(1).max(6),
  severity: z.string(),
  status_id: z.union([z.literal(1), z.literal(2)]),
  time: z.int().gt(1_000_000_000_000),
  metadata: z.object({
    version: z.string().regex(/^1\.\d+\.\d+$/),
    uid: z.literal('e1'),
    tenant_uid: z.literal('acme'),
    product: z.object({ name: z.literal('Sallyport'), vendor_name: z.string() }),
  }),
  actor: z.union([
    z.object({ user: z.object({ uid: z.string() }) }),
    z.object({ app_name: z.string() }),
  ]),
  src_endpoint: z.object({ ip: z.literal('203.0.113.9') }),
})

const someone = z.object({ uid: z.string().min(1), type_id: z.int() })

/** What the schema requires of each class, its `at_least_one` constraints among it. */
const ofClass: Readonly<Record<number, z.ZodType>> = {
  3001: ofEveryClass.extend({ user: someone }),
  3002: ofEveryClass.extend({ user: someone, service: z.object({ name: z.string() }) }),
  3003: ofEveryClass.extend({ user: someone, privileges: z.array(z.string()).min(1) }),
  3004: ofEveryClass.extend({ entity: z.object({ type: z.string(), uid: z.string().min(1) }) }),
  3006: ofEveryClass.extend({ user: someone, group: z.object({ uid: z.string().min(1) }) }),
}

describe('ocsf 1.5.0: every activity is an event of a class of Identity & Access Management', () => {
  test.each(words)('%s', (activity, [classUid, activityId, status]) => {
    expect(ocsfEventOf(change(activity))).toMatchObject({
      class_uid: classUid,
      activity_id: activityId,
      type_uid: classUid * 100 + activityId,
      status,
      message: activity,
    })
  })

  test.each(words)('%s has what its class requires', (activity, [classUid]) => {
    for (const kind of ['created', 'changed'] as const) {
      expect(ofClass[classUid]?.safeParse(ocsfEventOf(change(activity, { kind }))).error).toBe(
        undefined,
      )
    }
  })

  test.each(words)('%s without user, client or address still has what is required', (activity) => {
    const bare = change(activity)
    const { id, time } = bare.event
    const event = ocsfEventOf({ ...bare, event: { id, time, activity } })
    expect(event).toMatchObject({ metadata: { uid: 'e1' }, time: 1_795_000_000_000 })
    if ('user' in event) expect(event.user.uid).not.toBe('')
  })
})

test('what is new is created, what was there is updated', () => {
  const created = { kind: 'created', pk: 'CLIENT#acme#app' } as const
  expect(ocsfEventOf(change('client-changed', created))).toMatchObject({
    activity_name: 'Create',
    entity: { type: 'client', uid: 'app' },
  })
  expect(ocsfEventOf(change('user-changed', { kind: 'created' }))).toMatchObject({
    class_name: 'Account Change',
    activity_name: 'Create',
  })
})

test('a membership is a user added to a group', () => {
  const membership = { pk: 'MEMBERSHIP#acme#ada', sk: 'staff' }
  const event = ocsfEventOf(change('group-changed', membership))
  expect(event).toMatchObject({
    class_uid: 3006,
    activity_name: 'Add User',
    user: { uid: 'ada' },
    group: { uid: 'staff' },
  })
  expect(ofClass[3006]?.safeParse(event).success).toBe(true)
})

test('a failed sign-in tells the account by the hash that was tried, and why', () => {
  const failure = change('sign-in-failed', { pk: 'FAILEDPASSWORD#acme#hash', sk: 'account' })
  const { id, time } = failure.event
  const event = { id, time, activity: 'sign-in-failed', rule: 'authn/password/wrong' }
  expect(ocsfEventOf({ ...failure, event })).toMatchObject({
    user: { uid: 'sha256:hash', type_id: 0 },
    status_detail: 'authn/password/wrong',
    severity: 'Low',
  })
  expect(ocsfEventOf({ ...failure, sk: 'address', event })).toMatchObject({
    user: { uid: 'unknown' },
  })
})

test('a word that only a later version knows is kept as a base event', () => {
  expect(ocsfEventOf(change('teleported'))).toMatchObject({
    class_uid: 0,
    category_uid: 0,
    activity_id: 99,
    activity_name: 'teleported',
    metadata: { uid: 'e1' },
  })
})
