import {
  type Dimension,
  type MetricName,
  metricNames,
  metricNamespace,
  metricOf,
} from './metric.ts'

/** What was measured, by metric; a metric that is absent was not met. */
export type Measured = Readonly<Partial<Record<MetricName, number>>>

interface Directive {
  readonly Namespace: string
  readonly Dimensions: readonly (readonly Dimension[])[]
  readonly Metrics: readonly { readonly Name: MetricName; readonly Unit: string }[]
}

/**
 * The members that make CloudWatch read metrics out of a line of a log.
 *
 * @spec https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @param milliseconds since 1970
 */
export function embeddedMetrics(
  measured: Measured,
  dimensions: Readonly<Partial<Record<Dimension, string>>>,
  milliseconds: number,
) {
  const CloudWatchMetrics = (['endpoint', 'ruleClass'] as const)
    .map((dimension) => directiveOf(measured, dimension))
    .filter(({ Metrics }) => Metrics.length > 0)
  return { _aws: { Timestamp: milliseconds, CloudWatchMetrics }, ...dimensions, ...measured }
}

const directiveOf = (measured: Measured, dimension: Dimension): Directive => ({
  Namespace: metricNamespace,
  Dimensions: [[dimension]],
  Metrics: metricNames
    .filter((name) => measured[name] !== undefined && metricOf(name).dimension === dimension)
    .map((Name) => ({ Name, Unit: metricOf(Name).unit })),
})
