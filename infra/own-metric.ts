import { Duration } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { type MetricName, metricNamespace, metricOf } from '#shared/metrics/metric.ts'
import { type EndpointName, endpoints } from './endpoints.ts'

/** A metric that the functions emit, of one value of its dimension, summed over five minutes. */
export function ownMetric(name: MetricName, value: string, statistic = 'Sum'): Metric {
  const { dimension } = metricOf(name)
  return new Metric({
    namespace: metricNamespace,
    metricName: name,
    dimensionsMap: { [dimension]: value },
    statistic,
    period: Duration.minutes(5),
  })
}

/** The metric of one endpoint; its name is checked against the table. */
export const ofEndpoint = (name: MetricName, endpoint: EndpointName): Metric =>
  ownMetric(name, endpoint)

export const ofEveryEndpoint = (name: MetricName, statistic?: string): readonly Metric[] =>
  Object.keys(endpoints).map((endpoint) => ownMetric(name, endpoint, statistic))
