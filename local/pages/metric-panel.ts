import { type Html, html } from '#shared/signin/views/html.ts'
import type { MetricSummary } from '../metrics.ts'
import { table } from './table.ts'

/** What CloudWatch would chart. */
export const metricPanel = (metrics: readonly MetricSummary[]): Html =>
  metrics.length === 0
    ? html`<p class="nothing">Nothing has been measured yet.</p>`
    : table(
        ['Metric', 'Of', 'Samples', 'Sum', 'Average', 'Highest'],
        metrics.map(({ metric, dimensions, unit, samples, sum, maximum }) => [
          html`<strong>${metric}</strong>`,
          html`<code>${dimensions}</code>`,
          String(samples),
          measureText(sum, unit),
          measureText(sum / samples, unit),
          measureText(maximum, unit),
        ]),
      )

const measureText = (value: number, unit: string): string =>
  `${Number(value.toFixed(1))}${unit === 'Milliseconds' ? ' ms' : ''}`
