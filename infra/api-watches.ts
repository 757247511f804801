import { Duration } from 'aws-cdk-lib'
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { Chart, Watch } from './constructs/observability.ts'
import { ofEndpoint, ofEveryEndpoint, ownMetric } from './own-metric.ts'

const period = Duration.minutes(5)

interface Watched {
  readonly apiId: string
  readonly tableName: string
}

const sum = (namespace: string, metricName: string, dimensionsMap = {}): Metric =>
  new Metric({ namespace, metricName, dimensionsMap, statistic: 'Sum', period })

/** Reads and writes that DynamoDB refused, whether or not the next try went well. */
const tableThrottles = (tableName: string): MathExpression =>
  new MathExpression({
    expression: 'FILL(reads, 0) + FILL(writes, 0)',
    usingMetrics: {
      reads: sum('AWS/DynamoDB', 'ReadThrottleEvents', { TableName: tableName }),
      writes: sum('AWS/DynamoDB', 'WriteThrottleEvents', { TableName: tableName }),
    },
    period,
  })

const failures = ({ apiId, tableName }: Watched): readonly Watch[] => [
  {
    name: 'ServerErrors',
    metric: sum('AWS/ApiGateway', '5xx', { ApiId: apiId }),
    threshold: 5,
    meaning:
      'Requests were answered with 5xx: look for level "error" in the logs of the functions.',
  },
  {
    name: 'RareServerErrors',
    metric: sum('AWS/ApiGateway', '5xx', { ApiId: apiId }).with({ period: Duration.hours(1) }),
    threshold: 10,
    meaning:
      'An endpoint that few people use goes on failing: look for level "error" in the logs of the functions.',
  },
  {
    name: 'AuthorizationFaults',
    metric: ofEndpoint('faults', 'oauth2.authorize'),
    threshold: 5,
    meaning:
      'Authorizations failed, and apps were told so by a redirect, which is no 5xx: see the log of oauth2.authorize.',
  },
  {
    name: 'FunctionThrottles',
    metric: sum('AWS/Lambda', 'Throttles'),
    threshold: 1,
    meaning: 'Functions of the account in this Region are at its limit of concurrency.',
  },
  {
    name: 'AwsThrottles',
    metric: ownMetric('throttledCalls', 'store'),
    threshold: 5,
    meaning:
      'KMS or DynamoDB refused calls as too many until a request failed: see the quotas of KMS.',
  },
  {
    name: 'TableThrottles',
    metric: tableThrottles(tableName),
    threshold: 10,
    meaning: 'The table throttles: a hot key, or a maximum of on-demand throughput.',
  },
]

const suspicions: readonly Watch[] = [
  {
    name: 'FailedSignIns',
    metric: ofEndpoint('failedSignIns', 'signin.password'),
    threshold: 100,
    meaning:
      'Many wrong passwords within five minutes: ask the lake, "failures by address and account".',
  },
  {
    name: 'ThrottledAttempts',
    metric: ofEndpoint('throttledAttempts', 'signin.password'),
    threshold: 100,
    meaning: 'Somebody goes on trying passwords after having been throttled.',
  },
  {
    name: 'Replays',
    metric: ofEndpoint('replays', 'oauth2.token'),
    threshold: 5,
    meaning:
      'Codes or tokens were used twice: a client repeats requests, or somebody has stolen some.',
  },
]

/** What may not become much at the endpoints. */
export const apiWatches = (watched: Watched): readonly Watch[] => [
  ...failures(watched),
  ...suspicions,
]

/** What is worth seeing beside them. */
export const apiCharts: readonly Chart[] = [
  { title: 'Requests', metrics: ofEveryEndpoint('latency', 'SampleCount') },
  { title: 'Latency, 95 of 100 (ms)', metrics: ofEveryEndpoint('latency', 'p95') },
  { title: 'Cold starts', metrics: ofEveryEndpoint('coldStarts') },
  { title: 'Faults', metrics: ofEveryEndpoint('faults') },
  {
    title: 'Sign-ins and tokens',
    metrics: [ofEndpoint('signIns', 'signin.password'), ofEndpoint('tokensIssued', 'oauth2.token')],
  },
  {
    title: 'Refusals by the area of their rule',
    metrics: ['authn', 'http', 'oauth', 'oidc', 'runtime', 'signin', 'tenant'].map((area) =>
      ownMetric('refusals', area),
    ),
  },
]
