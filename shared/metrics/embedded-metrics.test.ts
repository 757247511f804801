import { expect, test } from 'vitest'
import { embeddedMetrics } from './embedded-metrics.ts'
import { isReplay, metricNames, ruleClassOf } from './metric.ts'

const dimensions = { endpoint: 'oauth2.token', ruleClass: 'oauth' }

test('every metric is told apart by its own dimension and by nothing else', () => {
  const measured = { latency: 12, refusals: 1, replays: 1 }
  expect(embeddedMetrics(measured, dimensions, 7)).toEqual({
    _aws: {
      Timestamp: 7,
      CloudWatchMetrics: [
        {
          Namespace: 'Sallyport',
          Dimensions: [['endpoint']],
          Metrics: [
            { Name: 'latency', Unit: 'Milliseconds' },
            { Name: 'replays', Unit: 'Count' },
          ],
        },
        {
          Namespace: 'Sallyport',
          Dimensions: [['ruleClass']],
          Metrics: [{ Name: 'refusals', Unit: 'Count' }],
        },
      ],
    },
    ...dimensions,
    ...measured,
  })
})

test('a metric that was not met costs nothing: it is not named', () => {
  const text = JSON.stringify(embeddedMetrics({ latency: 1 }, { endpoint: 'a' }, 7))
  for (const name of metricNames) expect(text.includes(name)).toBe(name === 'latency')
})

test('rules are counted by their class', () => {
  expect(ruleClassOf('oauth/code/replayed')).toBe('oauth')
  expect(ruleClassOf('runtime/unexpected')).toBe('runtime')
})

test.each([
  ['oauth/code/replayed', true],
  ['oauth/client/assertion-replayed', true],
  ['oauth/dpop/replayed', true],
  ['oauth/code/expired', false],
  ['oauth/pushed-request/used', false],
])('%s is a replay: %s', (rule, expected) => {
  expect(isReplay(rule)).toBe(expected)
})
