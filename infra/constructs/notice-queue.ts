import { Duration } from 'aws-cdk-lib'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { maximalAttempts } from '#shared/oidc/notice-delivery.ts'
import { acceptFinding } from '../checks.ts'

/** Long enough for six tries of the function, as Lambda asks for; a failed notice sets a pause of its own. */
const visibilityTimeout = Duration.minutes(3)

const settings = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
} as const

/** The notices that clients are still to get, and those that were given up. */
export class NoticeQueue extends Construct {
  readonly queue: Queue
  readonly undelivered: Queue

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.undelivered = new Queue(this, 'Undelivered', {
      ...settings,
      retentionPeriod: Duration.days(14),
    })
    acceptFinding(this.undelivered, 'AwsSolutions-SQS3')
    this.queue = new Queue(this, 'Queue', {
      ...settings,
      visibilityTimeout,
      deadLetterQueue: { queue: this.undelivered, maxReceiveCount: maximalAttempts },
    })
  }
}
