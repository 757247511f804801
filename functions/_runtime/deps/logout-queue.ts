import { sqsClient, sqsLogoutQueue } from '#shared/aws/logout-queue.ts'
import { config } from '../config.ts'

export const logoutQueue = sqsLogoutQueue({ client: sqsClient(), queue: config.logoutQueueUrl })
