import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalSystem } from '../template.ts'
import { AwsError, jsonResponse, type LocalService, unknownOperation } from './service.ts'
import { MemoryQueue, type QueueLength, type ReceivedMessage } from './sqs-queue.ts'

const toQueue = z.object({ QueueUrl: z.string() })
const body = z.string().min(1)
const pause = z.number().int().min(0).max(900).default(0)
const send = toQueue.extend({ MessageBody: body, DelaySeconds: pause })
const sendBatch = toQueue.extend({
  Entries: z
    .array(z.object({ Id: z.string(), MessageBody: body, DelaySeconds: pause }))
    .min(1)
    .max(10),
})
const receive = toQueue.extend({
  MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
  VisibilityTimeout: z.number().int().min(0).optional(),
  WaitTimeSeconds: z.number().int().min(0).max(20).default(0),
})
const receipt = z.object({ ReceiptHandle: z.string() })
const remove = toQueue.extend(receipt.shape)
const removeBatch = toQueue.extend({
  Entries: z
    .array(receipt.extend({ Id: z.string() }))
    .min(1)
    .max(10),
})
const visibility = remove.extend({ VisibilityTimeout: z.number().int().min(0).max(43_200) })

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

const sent = (queue: MemoryQueue, text: string, delaySeconds: number) => ({
  MessageId: queue.add({ body: text, delaySeconds }),
  MD5OfMessageBody: md5(text),
})

/** All attributes come along, whether they were asked for or not. */
const rendered = (message: ReceivedMessage) => ({
  MessageId: message.id,
  ReceiptHandle: message.receipt,
  Body: message.body,
  MD5OfBody: md5(message.body),
  Attributes: {
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    SentTimestamp: String(message.sentAt),
    SenderId: 'local',
  },
})

type Operation = (queue: MemoryQueue, input: unknown) => object | Promise<object>

/** Between two looks at a queue that somebody waits for. */
const lookMs = 50

/** The operations, each on the queue that its request names. */
const operations: Readonly<Record<string, Operation>> = {
  SendMessage(queue, input) {
    const { MessageBody, DelaySeconds } = send.parse(input)
    return sent(queue, MessageBody, DelaySeconds)
  },
  SendMessageBatch: (queue, input) => ({
    Successful: sendBatch.parse(input).Entries.map(({ Id, MessageBody, DelaySeconds }) => ({
      Id,
      ...sent(queue, MessageBody, DelaySeconds),
    })),
    Failed: [],
  }),
  async ReceiveMessage(queue, input) {
    const { MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds } = receive.parse(input)
    for (
      const end = Date.now() + WaitTimeSeconds * 1000;
      ;
      await delay(lookMs, undefined, { ref: false })
    ) {
      const Messages = queue.receive(MaxNumberOfMessages, VisibilityTimeout).map(rendered)
      if (Messages.length > 0) return { Messages }
      if (Date.now() >= end) return {}
    }
  },
  DeleteMessage(queue, input) {
    queue.remove(remove.parse(input).ReceiptHandle)
    return {}
  },
  DeleteMessageBatch(queue, input) {
    const { Entries } = removeBatch.parse(input)
    for (const { ReceiptHandle } of Entries) queue.remove(ReceiptHandle)
    return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] }
  },
  ChangeMessageVisibility(queue, input) {
    const { ReceiptHandle, VisibilityTimeout } = visibility.parse(input)
    if (queue.hide(ReceiptHandle, VisibilityTimeout)) return {}
    throw new AwsError('ReceiptHandleIsInvalid', 'The receipt handle is not valid.')
  },
  GetQueueAttributes(queue) {
    const { visible, hidden } = queue.count()
    return {
      Attributes: {
        QueueArn: queue.queue.arn,
        VisibilityTimeout: String(queue.queue.visibilitySeconds),
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(hidden),
      },
    }
  },
}

/** The service, and what lies in its queues. */
export interface Sqs extends LocalService {
  lengths(): readonly QueueLength[]
}

/** IAM knows a batch by the name of its single operation. */
const permission = (action: string): string => `sqs:${action.replace(/Batch$/, '')}`

/**
 * The template's queues, in memory: standard queues with pauses, counts and dead letters.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html
 */
export function createSqs({ queues }: Pick<LocalSystem, 'queues'>): Sqs {
  const contents: readonly MemoryQueue[] = queues.map(
    (queue) => new MemoryQueue(queue, (arn) => contents.find((each) => each.queue.arn === arn)),
  )
  const queueAt = (input: unknown): MemoryQueue => {
    const { QueueUrl } = toQueue.parse(input)
    const found = contents.find(({ queue }) => QueueUrl.endsWith(`/${queue.name}`))
    if (found) return found
    throw new AwsError(
      'AWS.SimpleQueueService.NonExistentQueue',
      'The specified queue does not exist.',
    )
  }
  return {
    name: 'sqs',
    conditionKeys: [],
    questions: ({ action, input }) => [
      { action: permission(action), resource: queueAt(input).queue.arn, context: {} },
    ],
    async serve({ action, input }) {
      const operation = ownEntry(operations, action)
      if (!operation) throw unknownOperation(action)
      return jsonResponse(await operation(queueAt(input), input), 'application/x-amz-json-1.0')
    },
    lengths: () => contents.map((queue) => queue.count()),
    close: async () => undefined,
  }
}
