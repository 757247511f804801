import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { type Alias, CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { Trigger } from '../workers.ts'

interface WorkerTriggerProps {
  readonly trigger: Trigger
  readonly worker: Alias
  readonly tableStreamArn: string
  /** ARN of the queue that is told of changes which no attempt could deliver. */
  readonly undelivered: string
}

/** A change is kept in the stream this long, and tried for as long. */
const streamHours = 24

/** Lets through the changes that leave an audit event in their item. */
const carriesEvent = { dynamodb: { NewImage: { event: { M: { id: { S: [{ exists: true }] } } } } } }

/** Wakes a worker: by changes of the table, or by the clock. */
export class WorkerTrigger extends Construct {
  constructor(scope: Construct, id: string, props: WorkerTriggerProps) {
    super(scope, id)
    const { trigger, worker } = props
    if (trigger.kind === 'stream') this.followStream(props)
    else {
      const schedule = Schedule.expression(trigger.rate)
      new Rule(this, 'Schedule', { schedule, targets: [new LambdaFunction(worker)] })
    }
  }

  /** One bad change is singled out by halving and by the worker's own report; the rest goes on. */
  private followStream({ worker, tableStreamArn, undelivered }: WorkerTriggerProps): void {
    new CfnEventSourceMapping(this, 'Stream', {
      functionName: worker.functionArn,
      eventSourceArn: tableStreamArn,
      startingPosition: 'TRIM_HORIZON',
      batchSize: 500,
      maximumBatchingWindowInSeconds: 10,
      filterCriteria: { filters: [{ pattern: JSON.stringify(carriesEvent) }] },
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: -1,
      maximumRecordAgeInSeconds: streamHours * 3600,
      destinationConfig: { onFailure: { destination: undelivered } },
    })
  }
}
