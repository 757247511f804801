import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientId, userId } from '../../../test/support/builders.ts'
import { readAnsweredRequest } from './answered-request.ts'

const change = (pk: string, image: object) => ({
  eventName: 'MODIFY',
  dynamodb: { Keys: { pk: { S: pk }, sk: { S: 'request' } }, NewImage: image },
})
const client = { S: clientId }
const answered = { client, answer: { M: { kind: { S: 'denied' } } } }

test('ciba core section 10.2: the stream tells whose request has been answered', () => {
  expect(readAnsweredRequest(change(`BACKCHANNEL#acme#${userId}`, answered))).toEqual({
    tenant: 'acme',
    user: userId,
    request: 'request',
    client: clientId,
  })
})

test.each([
  ['a request that waits', change(`BACKCHANNEL#acme#${userId}`, { client })],
  ['another item', change(`DEVICE#acme#${userId}`, answered)],
  ['a key without a user', change('BACKCHANNEL#acme', answered)],
  ['nothing', undefined],
])('%s is no request that has been answered', (_, record) => {
  expect(readAnsweredRequest(record)).toBeUndefined()
})

test('whatever the stream brings, reading it never throws', () => {
  fc.assert(fc.property(fc.anything(), (record) => void readAnsweredRequest(record)))
})
