import { createServer } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import type { AuditRow } from '#shared/audit/columns.ts'
import { firehoseClient, firehoseDelivery } from './firehose-delivery.ts'

const row = (id: string): AuditRow => ({
  id,
  time: '2026-11-23 18:00:00',
  tenant: 'acme',
  class_uid: 3002,
  activity: 'sign-in',
  activity_id: 1,
  status: 'Success',
  actor: null,
  client_id: null,
  src_ip: null,
  rule: null,
  ocsf: '{}',
  day: '2026-11-23',
  bucket: '00',
})

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

type Batch = readonly string[]

/** A Firehose that takes what it is told to take. */
async function firehose(isTaken: (id: string, call: number) => boolean) {
  const calls: Batch[] = []
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { Records } = JSON.parse(Buffer.concat(chunks).toString())
    const ids: Batch = Records.map(
      ({ Data }: { Data: string }) => JSON.parse(Buffer.from(Data, 'base64').toString()).id,
    )
    calls.push(ids)
    const RequestResponses = ids.map((id) =>
      isTaken(id, calls.length)
        ? { RecordId: id }
        : { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' },
    )
    const FailedPutCount = RequestResponses.filter(({ RecordId }) => !RecordId).length
    response.setHeader('content-type', 'application/x-amz-json-1.1')
    response.end(JSON.stringify({ FailedPutCount, RequestResponses }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const client = firehoseClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  })
  closing.push(() => client.destroy())
  return { calls, delivery: firehoseDelivery({ client, stream: 'audit' }) }
}

test('PutRecordBatch: only the records that failed are sent again', async () => {
  const { calls, delivery } = await firehose((id, call) => id !== 'b' || call > 1)
  expect(await delivery.deliver([row('a'), row('b'), row('c')])).toEqual(new Set())
  expect(calls).toEqual([['a', 'b', 'c'], ['b']])
})

test('PutRecordBatch: what is not taken after four tries is answered', async () => {
  const { calls, delivery } = await firehose((id) => id !== 'b')
  const [a, b] = [row('a'), row('b')]
  expect(await delivery.deliver([a, b])).toEqual(new Set([b]))
  expect(calls).toEqual([['a', 'b'], ['b'], ['b'], ['b']])
})

test('PutRecordBatch: at most 500 records in one call, and no call for none', async () => {
  const { calls, delivery } = await firehose(() => true)
  await delivery.deliver(Array.from({ length: 501 }, (_, n) => row(`e${n}`)))
  await delivery.deliver([])
  expect(calls.map(({ length }) => length)).toEqual([500, 1])
})
