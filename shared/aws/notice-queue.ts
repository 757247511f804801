import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs'
import { type ClientNotice, renderClientNotice } from '#shared/oidc/client-notice.ts'
import type { NoticeQueue } from '#shared/ports/notice-queue.ts'
import { clientSettings } from './client-settings.ts'

/** The most that one call takes. */
const mostMessages = 10

interface Parts {
  readonly client: SQSClient
  /** URL of the queue. */
  readonly queue: string
}

/** The queue's URL only names the queue: where SQS is asked comes from the environment, as with every client. */
export const sqsClient = (config: SQSClientConfig = {}): SQSClient =>
  new SQSClient({ ...clientSettings, useQueueUrlAsEndpoint: false, ...config })

async function sendSome({ client, queue }: Parts, notices: readonly ClientNotice[]): Promise<void> {
  const command = new SendMessageBatchCommand({
    QueueUrl: queue,
    Entries: notices.map((notice, index) => ({
      Id: String(index),
      MessageBody: renderClientNotice(notice),
    })),
  })
  const { Failed: failed = [] } = await client.send(command)
  const [first] = failed
  if (first) throw new Error(`SQS did not take ${failed.length} notices: ${first.Code}`)
}

/**
 * Keeps notices in SQS, which takes a batch in part.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export const sqsNoticeQueue = (parts: Parts): NoticeQueue => ({
  async send(notices) {
    for (let from = 0; from < notices.length; from += mostMessages) {
      await sendSome(parts, notices.slice(from, from + mostMessages))
    }
  },
  async postpone(receipt, pause) {
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: parts.queue,
      ReceiptHandle: receipt,
      VisibilityTimeout: pause,
    })
    await parts.client.send(command)
  },
})
