import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalQueue, LocalSystem } from '../template.ts'
import { AwsError, jsonResponse, type LocalService, unknownOperation } from './service.ts'

interface StoredMessage {
  readonly id: string
  readonly body: string
  /** Milliseconds since the epoch; before, nobody sees the message. */
  visibleAt: number
  receipt?: string
}

const toQueue = z.object({ QueueUrl: z.string() })
const send = toQueue.extend({ MessageBody: z.string().min(1) })
const receive = toQueue.extend({
  MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
  VisibilityTimeout: z.number().int().min(0).default(30),
})
const remove = toQueue.extend({ ReceiptHandle: z.string() })

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

/**
 * The template's queues, in memory: enough for what could not be handled and for whoever looks at it.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html
 */
export function createSqs({ queues }: Pick<LocalSystem, 'queues'>): LocalService {
  const contents = new Map<string, StoredMessage[]>(queues.map(({ name }) => [name, []]))
  const queueOf = (url: string): LocalQueue => {
    const queue = queues.find(({ name }) => url.endsWith(`/${name}`))
    if (queue) return queue
    throw new AwsError(
      'AWS.SimpleQueueService.NonExistentQueue',
      'The specified queue does not exist.',
    )
  }
  const messagesOf = (url: string): StoredMessage[] => contents.get(queueOf(url).name) ?? []

  const operations: Readonly<Record<string, (input: unknown) => object>> = {
    SendMessage(input) {
      const { QueueUrl, MessageBody: body } = send.parse(input)
      const id = randomUUID()
      messagesOf(QueueUrl).push({ id, body, visibleAt: 0 })
      return { MessageId: id, MD5OfMessageBody: md5(body) }
    },
    ReceiveMessage(input) {
      const { QueueUrl, MaxNumberOfMessages, VisibilityTimeout } = receive.parse(input)
      const now = Date.now()
      const visible = messagesOf(QueueUrl).filter(({ visibleAt }) => visibleAt <= now)
      const Messages = visible.slice(0, MaxNumberOfMessages).map((message) => {
        message.visibleAt = now + VisibilityTimeout * 1000
        message.receipt = randomUUID()
        const { id, body, receipt } = message
        return { MessageId: id, ReceiptHandle: receipt, Body: body, MD5OfBody: md5(body) }
      })
      return Messages.length > 0 ? { Messages } : {}
    },
    DeleteMessage(input) {
      const { QueueUrl, ReceiptHandle } = remove.parse(input)
      const messages = messagesOf(QueueUrl)
      const place = messages.findIndex(({ receipt }) => receipt === ReceiptHandle)
      if (place >= 0) messages.splice(place, 1)
      return {}
    },
  }
  return {
    name: 'sqs',
    conditionKeys: [],
    questions: ({ action, input }) => [
      {
        action: `sqs:${action}`,
        resource: queueOf(toQueue.parse(input).QueueUrl).arn,
        context: {},
      },
    ],
    async serve({ action, input }) {
      const operation = ownEntry(operations, action)
      if (!operation) throw unknownOperation(action)
      return jsonResponse(operation(input), 'application/x-amz-json-1.0')
    },
    close: async () => undefined,
  }
}
