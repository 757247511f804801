import { sqsClient, sqsNoticeQueue } from '#shared/aws/notice-queue.ts'
import { config } from '../config.ts'

export const noticeQueue = sqsNoticeQueue({ client: sqsClient(), queue: config.noticeQueueUrl })
