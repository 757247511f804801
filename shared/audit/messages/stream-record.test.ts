import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readStreamRecord } from './stream-record.ts'

const event = (id = 'e1') => ({
  M: {
    id: { S: id },
    time: { N: '1795000000' },
    activity: { S: 'sign-in' },
    user: { S: 'ada' },
    address: { S: '203.0.113.9' },
  },
})

const record = (dynamodb: object, eventName = 'MODIFY') => ({
  eventName,
  dynamodb: { Keys: { pk: { S: 'SESSION#acme#ada' }, sk: { S: 'sid' } }, ...dynamodb },
})

test.each([
  ['INSERT', 'created'],
  ['MODIFY', 'changed'],
])('an event is read from the item as %s left it', (eventName, kind) => {
  expect(readStreamRecord(record({ NewImage: { event: event() } }, eventName))).toEqual({
    kind: 'event',
    change: {
      kind,
      pk: 'SESSION#acme#ada',
      sk: 'sid',
      event: {
        id: 'e1',
        time: 1_795_000_000,
        activity: 'sign-in',
        user: 'ada',
        address: '203.0.113.9',
      },
    },
  })
})

test('an item that only keeps its event while something else changes says nothing new', () => {
  const images = { NewImage: { event: event() }, OldImage: { event: event() } }
  expect(readStreamRecord(record(images))).toEqual({ kind: 'told' })
})

test('a new event in an item that had another one is read', () => {
  const images = { NewImage: { event: event('e2') }, OldImage: { event: event() } }
  expect(readStreamRecord(record(images))).toMatchObject({ kind: 'event' })
})

test.each([
  ['no event', { NewImage: {} }],
  ['an event without a moment', { NewImage: { event: { M: { id: { S: 'e1' } } } } }],
  [
    'a moment that is no number',
    { NewImage: { event: { M: { ...event().M, time: { N: 'noon' } } } } },
  ],
])('%s is unreadable, with the reason', (_, images) => {
  expect(readStreamRecord(record(images))).toEqual({
    kind: 'unreadable',
    cause: expect.any(Error),
  })
})

test('no record makes reading throw: what cannot be read is kept for whoever can', () => {
  const anyRecord = fc.oneof(
    fc.jsonValue(),
    fc.jsonValue().map((image) => record({ NewImage: image })),
    fc.jsonValue().map((some) => record({ NewImage: { event: { M: some } } })),
  )
  fc.assert(
    fc.property(anyRecord, (some) => {
      expect(readStreamRecord(some).kind).toBe('unreadable')
    }),
  )
})
