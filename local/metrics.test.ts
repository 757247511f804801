import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'

const line = (latency: number) => ({
  _aws: {
    Timestamp: 1,
    CloudWatchMetrics: [
      {
        Namespace: 'Sallyport',
        Dimensions: [['endpoint']],
        Metrics: [{ Name: 'latency', Unit: 'Milliseconds' }],
      },
    ],
  },
  endpoint: 'oauth2.token',
  latency,
})

test('the metrics of several lines are put together', () => {
  const metrics = createMetrics()
  for (const latency of [3, 9, 6]) metrics.accept(line(latency))
  expect(metrics.summaries()).toEqual([
    {
      metric: 'latency',
      dimensions: 'endpoint=oauth2.token',
      unit: 'Milliseconds',
      samples: 3,
      sum: 18,
      maximum: 9,
    },
  ])
})

test.each([undefined, 'text', { level: 'info' }, { _aws: {} }])('%j has none', (message) => {
  const metrics = createMetrics()
  metrics.accept(message)
  expect(metrics.summaries()).toEqual([])
})
