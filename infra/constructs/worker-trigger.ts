import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { type Alias, CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { Change, Trigger } from '../workers.ts'

interface WorkerTriggerProps {
  readonly trigger: Trigger
  readonly worker: Alias
  readonly tableStreamArn: string
  /** ARN of the queue that is told of changes which no attempt could deliver. */
  readonly undelivered: string
  readonly noticeQueueArn: string
}

/** How long changes may wait for others: an event for the lake has time, what an app is to hear has none. */
const batchingSeconds = {
  'carries-event': 10,
  'ends-session': 0,
  'answers-request': 0,
} as const satisfies Record<Change, number>

/** A change is kept in the stream this long, and tried for as long. */
const streamHours = 24

/** What a change must look like to wake a worker. */
const patterns = {
  /** It leaves an audit event in its item. */
  'carries-event': { dynamodb: { NewImage: { event: { M: { id: { S: [{ exists: true }] } } } } } },
  /** The session went on before. */
  'ends-session': {
    dynamodb: {
      Keys: { pk: { S: [{ prefix: 'SESSION#' }] } },
      NewImage: { endedAt: { N: [{ exists: true }] } },
      OldImage: { endedAt: { N: [{ exists: false }] } },
    },
  },
  /** Nobody had answered before, and the client is not one that only polls. */
  'answers-request': {
    dynamodb: {
      Keys: { pk: { S: [{ prefix: 'BACKCHANNEL#' }] } },
      NewImage: {
        notification: { S: [{ exists: true }] },
        answer: { M: { kind: { S: [{ exists: true }] } } },
      },
      OldImage: { answer: { M: { kind: { S: [{ exists: false }] } } } },
    },
  },
} as const satisfies Record<Change, object>

/** Wakes a worker: by changes of the table, by messages of a queue, or by the clock. */
export class WorkerTrigger extends Construct {
  constructor(scope: Construct, id: string, props: WorkerTriggerProps) {
    super(scope, id)
    const { trigger, worker } = props
    if (trigger.kind === 'stream') this.followStream(props, trigger.changes)
    else if (trigger.kind === 'notice-queue') this.emptyQueue(props)
    else {
      const schedule = Schedule.expression(trigger.rate)
      new Rule(this, 'Schedule', { schedule, targets: [new LambdaFunction(worker)] })
    }
  }

  /** One bad change is singled out by halving and by the worker's own report; the rest goes on. */
  private followStream(
    { worker, tableStreamArn, undelivered }: WorkerTriggerProps,
    changes: readonly Change[],
  ): void {
    new CfnEventSourceMapping(this, 'Stream', {
      functionName: worker.functionArn,
      eventSourceArn: tableStreamArn,
      startingPosition: 'TRIM_HORIZON',
      batchSize: 500,
      maximumBatchingWindowInSeconds: Math.min(...changes.map((change) => batchingSeconds[change])),
      filterCriteria: {
        filters: changes.map((change) => ({ pattern: JSON.stringify(patterns[change]) })),
      },
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: -1,
      maximumRecordAgeInSeconds: streamHours * 3600,
      destinationConfig: { onFailure: { destination: undelivered } },
    })
  }

  /** Each message stands for itself; slow clients hold up so many others at most. */
  private emptyQueue({ worker, noticeQueueArn }: WorkerTriggerProps): void {
    new CfnEventSourceMapping(this, 'Queue', {
      functionName: worker.functionArn,
      eventSourceArn: noticeQueueArn,
      batchSize: 10,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: 20 },
    })
  }
}
