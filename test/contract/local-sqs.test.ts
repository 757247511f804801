import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sqsNoticeQueue } from '#shared/aws/notice-queue.ts'
import { seconds } from '#shared/kernel/time.ts'
import { parseClientNotice } from '#shared/oidc/client-notice.ts'
import { clientId, sid, tenant, userId } from '../support/builders.ts'
import { type LakeFixture, startLakeFixture } from './lake-fixture.ts'
import { failureOf } from './local-fixture.ts'

let fixture: LakeFixture
let sqs: SQSClient
let QueueUrl: string

beforeAll(async () => {
  fixture = await startLakeFixture()
  sqs = new SQSClient(fixture.clientOf('operator'))
  QueueUrl = fixture.system.queues[0]?.url ?? ''
})

afterAll(async () => {
  sqs?.destroy()
  await fixture?.endpoint.close()
})

const receive = (more = {}) =>
  sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))

async function empty(): Promise<readonly string[]> {
  const { Messages = [] } = await receive()
  const Entries = Messages.map(({ MessageId: Id, ReceiptHandle }) => ({ Id, ReceiptHandle }))
  if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))
  return Messages.map(({ Body = '' }) => Body)
}

test('SQS: a batch is sent, received with its counts, and deleted, with the SDK checking every digest', async () => {
  const Entries = ['a', 'b'].map((MessageBody) => ({ Id: MessageBody, MessageBody }))
  const { Successful = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
  expect(Successful.map(({ Id }) => Id)).toEqual(['a', 'b'])
  const { Messages = [] } = await receive({ VisibilityTimeout: 0 })
  expect(Messages).toMatchObject([
    { Body: 'a', Attributes: { ApproximateReceiveCount: '1' } },
    { Body: 'b' },
  ])
  expect(await empty()).toEqual(['a', 'b'])
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  )
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0' })
})

test('SQS: a question may stay open until there is a message', async () => {
  const waiting = receive({ WaitTimeSeconds: 5 })
  const Entries = [{ Id: 'late', MessageBody: 'late' }]
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
  expect((await waiting).Messages).toMatchObject([{ Body: 'late' }])
  const { Messages = [] } = await receive()
  expect(Messages).toEqual([])
})

test('SQS: no receipt of ours postpones nothing', async () => {
  const command = new ChangeMessageVisibilityCommand({
    QueueUrl,
    ReceiptHandle: 'x',
    VisibilityTimeout: 1,
  })
  expect(await failureOf(sqs.send(command))).toMatch(/^ReceiptHandleIsInvalid/)
})

test('notice queue: more notices than one call takes are all kept, and one can be postponed', async () => {
  const queue = sqsNoticeQueue({ client: sqs, queue: QueueUrl })
  const notices = Array.from({ length: 23 }, (_, index) => ({
    kind: 'logout' as const,
    tenant: tenant().id,
    user: userId,
    sid,
    client: clientId,
    index,
  }))
  await queue.send(notices)
  const bodies = [...(await empty()), ...(await empty())]
  expect(bodies).toHaveLength(20)
  expect(parseClientNotice(bodies[0] ?? '')).toEqual({
    kind: 'logout',
    tenant: tenant().id,
    user: userId,
    sid,
    client: clientId,
  })
  const { Messages: [first] = [] } = await receive({ MaxNumberOfMessages: 1 })
  await queue.postpone(first?.ReceiptHandle ?? '', seconds(0))
  expect(await empty()).toHaveLength(3)
})
