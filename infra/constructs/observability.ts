import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'

export interface ObservabilitySettings {
  /** False leaves dashboards and alarms out. */
  readonly observability?: boolean
  /** An SNS topic that is told of every alarm, and of its end. */
  readonly alarmTopicArn?: string
}

/** Something that should not become much, over the metric's own period. */
export interface Watch {
  readonly name: string
  readonly metric: IMetric
  /** The first value that is too much. */
  readonly threshold: number
  /** What it means, and where to look. */
  readonly meaning: string
}

/** A chart without an alarm. */
export interface Chart {
  readonly title: string
  readonly metrics: readonly IMetric[]
}

interface ObservabilityProps {
  readonly dashboardName: string
  readonly watches: readonly Watch[]
  readonly charts: readonly Chart[]
  readonly alarmTopicArn?: string
}

/** An alarm for everything watched, and a dashboard of that and more; where nothing happens, nothing is wrong. */
export class Observability extends Construct {
  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id)
    const { alarmTopicArn, charts, dashboardName, watches } = props
    const alarms = watches.map((watch) => this.alarm(watch))
    if (alarmTopicArn !== undefined) {
      const action = new SnsAction(Topic.fromTopicArn(this, 'Topic', alarmTopicArn))
      for (const alarm of alarms) {
        alarm.addAlarmAction(action)
        alarm.addOkAction(action)
      }
    }
    new Dashboard(this, 'Dashboard', {
      dashboardName,
      widgets: [
        charts.map(({ title, metrics }) => new GraphWidget({ title, left: [...metrics] })),
        watches.map(({ name, metric }) => new GraphWidget({ title: name, left: [metric] })),
      ],
    })
  }

  private alarm({ name, metric, threshold, meaning }: Watch): Alarm {
    return new Alarm(this, name, {
      metric,
      threshold,
      alarmDescription: meaning,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
  }
}
