import { Duration } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import type { Watch } from './constructs/observability.ts'
import type { WorkerName } from './workers.ts'

interface Watched {
  readonly functions: ReadonlyMap<string, IFunction>
  readonly undelivered: IQueue
  readonly notices: { readonly queue: IQueue; readonly undelivered: IQueue }
  readonly deliveryStream: string
}

/** What may not become much behind the endpoints. */
export function workerWatches(watched: Watched): Watch[] {
  const { functions, undelivered, notices, deliveryStream } = watched
  const of = (name: WorkerName, metricName: string, statistic: string, minutes: number) =>
    functions.get(name)?.metric(metricName, { statistic, period: Duration.minutes(minutes) }) ??
    missing(name)
  return [
    {
      name: 'StreamAge',
      metric: of('workers.audit', 'IteratorAge', 'Maximum', 5),
      threshold: 15 * 60 * 1000,
      meaning: 'Audit events wait in the stream of the table, which keeps them for 24 hours.',
    },
    {
      name: 'RotationErrors',
      metric: of('workers.key-rotation', 'Errors', 'Sum', 60),
      threshold: 1,
      meaning: 'The rotation of keys failed; the next hour tries again: see docs/runbooks/keys.md.',
    },
    {
      name: 'Undelivered',
      metric: visibleIn(undelivered),
      threshold: 1,
      meaning: 'Audit events were given up: the message says where in the stream they lie.',
    },
    {
      name: 'NoticesUndelivered',
      metric: visibleIn(notices.undelivered),
      threshold: 1,
      meaning: 'Apps did not take what they were to hear: see docs/runbooks/notices.md.',
    },
    {
      name: 'NoticeAge',
      metric: of('workers.notice-fanout', 'IteratorAge', 'Maximum', 5),
      threshold: 5 * 60 * 1000,
      meaning:
        'Logouts and answers that apps are to hear of wait in the stream of the table: see docs/runbooks/notices.md.',
    },
    {
      name: 'DeliveryAge',
      metric: new Metric({
        namespace: 'AWS/Firehose',
        metricName: 'DeliveryToS3.DataFreshness',
        dimensionsMap: { DeliveryStreamName: deliveryStream },
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
      threshold: 60 * 60,
      meaning: 'Events reach the lake more than an hour late: see the error log of the delivery.',
    },
  ]
}

const visibleIn = (queue: IQueue) =>
  queue.metricApproximateNumberOfMessagesVisible({
    statistic: 'Maximum',
    period: Duration.minutes(5),
  })

function missing(name: string): never {
  throw new Error(`There is no function ${name} to be watched`)
}
