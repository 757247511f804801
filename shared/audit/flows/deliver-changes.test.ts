import { expect, test } from 'vitest'
import type { AuditDelivery } from '#shared/ports/audit-delivery.ts'
import type { AuditRow } from '../columns.ts'
import { deliverChanges } from './deliver-changes.ts'

const streamed = (sequence: string, id: string, more = {}) => ({
  sequence,
  record: {
    eventName: 'INSERT',
    dynamodb: {
      Keys: { pk: { S: `OUTBOX#acme#${id}` }, sk: { S: '#' } },
      NewImage: {
        event: { M: { id: { S: id }, time: { N: '1795000000' }, activity: { S: 'token-issued' } } },
      },
      ...more,
    },
  },
})

function lake(isTaken: (row: AuditRow) => boolean = () => true) {
  const taken: (string | null)[] = []
  const auditDelivery: AuditDelivery = {
    async deliver(rows) {
      for (const row of rows) if (isTaken(row)) taken.push(row.id)
      return new Set(rows.filter((row) => !isTaken(row)))
    },
  }
  return { taken, deliver: deliverChanges({ auditDelivery }) }
}

test('every event of a batch is delivered, in order', async () => {
  const { taken, deliver } = lake()
  const outcome = await deliver([streamed('1', 'a'), streamed('2', 'b')])
  expect(taken).toEqual(['a', 'b'])
  expect(outcome).toEqual({ failed: [], delivered: 2, unreadable: [] })
})

test('what was not taken is brought again by its place in the stream', async () => {
  const { deliver } = lake(({ id }) => id !== 'b')
  const outcome = await deliver([streamed('1', 'a'), streamed('2', 'b'), streamed('3', 'c')])
  expect(outcome).toMatchObject({ failed: ['2'], delivered: 2 })
})

test('what cannot be read is told, and holds nothing up', async () => {
  const { taken, deliver } = lake()
  const outcome = await deliver([streamed('1', 'a', { NewImage: {} }), streamed('2', 'b')])
  expect(taken).toEqual(['b'])
  expect(outcome).toMatchObject({
    failed: [],
    delivered: 1,
    unreadable: [{ sequence: '1', cause: expect.any(Error) }],
  })
})

test('an event that was told before is not told again', async () => {
  const { taken, deliver } = lake()
  const { NewImage: OldImage } = streamed('1', 'a').record.dynamodb
  expect(await deliver([streamed('1', 'a', { OldImage })])).toMatchObject({ delivered: 0 })
  expect(taken).toEqual([])
})
