import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sid, userId } from '../../../test/support/builders.ts'
import { readEndedSession } from './ended-session.ts'

const change = (pk: string, image: object) => ({
  eventName: 'MODIFY',
  dynamodb: { Keys: { pk: { S: pk }, sk: { S: sid } }, NewImage: image },
})
const ended = { endedAt: { N: '1800000000' } }

test('back-channel logout section 2: the stream tells whose session has ended', () => {
  expect(readEndedSession(change(`SESSION#acme#${userId}`, ended))).toEqual({
    tenant: 'acme',
    user: userId,
    sid,
  })
})

test.each([
  ['a session that goes on', change(`SESSION#acme#${userId}`, {})],
  ['another item', change(`FAMILY#acme#${userId}`, ended)],
  ['a key without a user', change('SESSION#acme', ended)],
  ['nothing', undefined],
])('%s is no session that has ended', (_, record) => {
  expect(readEndedSession(record)).toBeUndefined()
})

test('whatever the stream brings, reading it never throws', () => {
  fc.assert(fc.property(fc.anything(), (record) => void readEndedSession(record)))
})
