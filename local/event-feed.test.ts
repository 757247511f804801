import { expect, test } from 'vitest'
import { createEventFeed } from './event-feed.ts'
import type { StreamRecord } from './services/dynamodb-stream.ts'

const record = (pk: string, newImage: Record<string, unknown> | undefined): StreamRecord => ({
  table: 'table',
  change: 'MODIFY',
  keys: { pk, sk: '#' },
  newImage,
  oldImage: undefined,
  at: 0,
})
const event = (id: string, more = {}) => ({ id, time: 1_795_000_000, activity: 'sign-in', ...more })

test('an event is shown with its tenant, and its user by name', () => {
  const feed = createEventFeed()
  feed.accept(record('USER#acme#u1', { attributes: { userName: 'ada' } }))
  feed.accept(
    record('SESSION#acme#u1', { event: event('e1', { user: 'u1', address: '127.0.0.1' }) }),
  )
  expect(feed.events()).toEqual([
    {
      time: '2026-11-18T11:06:40.000Z',
      activity: 'sign-in',
      tenant: 'acme',
      details: ['ada', '127.0.0.1'],
    },
  ])
})

test('an event whose item changes again for another reason is shown once', () => {
  const feed = createEventFeed()
  for (const attempt of ['a', 'b']) {
    feed.accept(record('FAMILY#acme#u1', { attempt, event: event('e1') }))
  }
  feed.accept(record('FAMILY#acme#u1', undefined))
  feed.accept(record('FAMILY#acme#u1', { event: 'no event' }))
  expect(feed.events()).toHaveLength(1)
})

test('the newest events come first, and only the last ones are kept', () => {
  const feed = createEventFeed(2)
  for (const id of ['e1', 'e2', 'e3']) {
    feed.accept(record('SESSION#acme#u1', { event: event(id, { user: id }) }))
  }
  expect(feed.events().map(({ details }) => details[0])).toEqual(['e3', 'e2'])
})
