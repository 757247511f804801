import { z } from 'zod'

/** What CloudWatch would know of one metric. */
export interface MetricSummary {
  readonly metric: string
  /** By what it is told apart, such as `endpoint=oauth2.token`. */
  readonly dimensions: string
  readonly unit: string
  readonly samples: number
  readonly sum: number
  readonly maximum: number
}

const embedded = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string().default('None') })),
      }),
    ),
  }),
})

export interface Metrics {
  /** Takes the metrics out of a line's message, where it has any. */
  accept(message: unknown): void
  summaries(): readonly MetricSummary[]
}

/**
 * Reads the metrics that are embedded in a log, as CloudWatch does.
 *
 * @spec https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createMetrics(): Metrics {
  const summaries = new Map<string, MetricSummary>()

  function add(metric: string, dimensions: string, unit: string, value: number): void {
    const key = `${metric} ${dimensions}`
    const { samples, sum, maximum } = summaries.get(key) ?? { samples: 0, sum: 0, maximum: 0 }
    summaries.set(key, {
      metric,
      dimensions,
      unit,
      samples: samples + 1,
      sum: sum + value,
      maximum: Math.max(maximum, value),
    })
  }

  return {
    accept(message) {
      const parsed = embedded.safeParse(message)
      if (!parsed.success) return
      const { _aws, ...members } = parsed.data
      for (const { Dimensions, Metrics } of _aws.CloudWatchMetrics) {
        for (const names of Dimensions) {
          const dimensions = names.map((name) => `${name}=${members[name]}`).join(' ')
          for (const { Name, Unit } of Metrics) add(Name, dimensions, Unit, Number(members[Name]))
        }
      }
    },
    summaries: () =>
      [...summaries.values()].toSorted((left, right) =>
        `${left.metric} ${left.dimensions}`.localeCompare(`${right.metric} ${right.dimensions}`),
      ),
  }
}
