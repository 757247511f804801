import { join } from 'node:path'
import { Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { Code, type IFunction } from 'aws-cdk-lib/aws-lambda'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'
import type { Construct } from 'constructs'
import { acceptFinding, acceptWildcard } from '../checks.ts'
import { EndpointFunction } from '../constructs/endpoint-function.ts'
import { NoticeQueue } from '../constructs/notice-queue.ts'
import { Observability, type ObservabilitySettings } from '../constructs/observability.ts'
import { WorkerTrigger } from '../constructs/worker-trigger.ts'
import { parameterNames } from '../parameters.ts'
import { workerWatches } from '../worker-watches.ts'
import { type Worker, workers } from '../workers.ts'
import type { ApiSettings } from './api.ts'

type WorkerSettings = Pick<ApiSettings, 'functionsDirectory' | keyof ObservabilitySettings>

/** What the table and the clock wake; it may be replaced at any time, the stream waits for a day. */
export class WorkersStack extends Stack {
  constructor(scope: Construct, id: string, settings: WorkerSettings, props?: StackProps) {
    super(scope, id, props)
    const tableName = this.parameter(parameterNames.tableName)
    const deliveryStream = this.parameter(parameterNames.auditDeliveryStream)
    const undelivered = this.undelivered()
    const notices = new NoticeQueue(this, 'Notices')
    const arns = {
      ...this.arns(tableName, deliveryStream),
      undelivered: undelivered.queueArn,
      noticeQueue: notices.queue.queueArn,
    }
    const functions = new Map<string, IFunction>()
    const environment = {
      TABLE_NAME: tableName,
      WRAPPING_KEY_ARN: arns.wrappingKey,
      AUDIT_DELIVERY_STREAM: deliveryStream,
      NOTICE_QUEUE_URL: notices.queue.queueUrl,
    }
    for (const [name, worker] of Object.entries<Worker>(workers)) {
      const code = Code.fromAsset(join(settings.functionsDirectory, name))
      const made = new EndpointFunction(this, name, { endpoint: worker, code, arns, environment })
      functions.set(name, made.live.lambda)
      for (const arn of [arns.tableStreams, arns.kmsKeys, arns.anything]) acceptWildcard(made, arn)
      new WorkerTrigger(this, `${name}.trigger`, {
        trigger: worker.trigger,
        worker: made.live,
        tableStreamArn: arns.tableStream,
        undelivered: arns.undelivered,
        noticeQueueArn: arns.noticeQueue,
      })
    }
    if (settings.observability === false) return
    new Observability(this, 'Observability', {
      dashboardName: `sallyport-workers-${this.region}`,
      watches: workerWatches({ functions, undelivered, notices, deliveryStream }),
      charts: [],
      alarmTopicArn: settings.alarmTopicArn,
    })
  }

  private arns(tableName: string, deliveryStream: string) {
    const table = this.formatArn({
      service: 'dynamodb',
      resource: 'table',
      resourceName: tableName,
    })
    return {
      table,
      tableStream: this.parameter(parameterNames.tableStreamArn),
      tableStreams: `${table}/stream/*`,
      wrappingKey: this.parameter(parameterNames.wrappingKeyArn),
      kmsKeys: this.formatArn({ service: 'kms', resource: 'key', resourceName: '*' }),
      anything: '*',
      auditDelivery: this.formatArn({
        service: 'firehose',
        resource: 'deliverystream',
        resourceName: deliveryStream,
      }),
    }
  }

  /** Is told where in the stream the changes lie that could not be delivered, while they still lie there. */
  private undelivered(): Queue {
    const queue = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    acceptFinding(queue, 'AwsSolutions-SQS3')
    return queue
  }

  private parameter(name: string): string {
    return StringParameter.valueForStringParameter(this, name)
  }
}
