/** What a metric is told apart by: few values, never a tenant, a client or a person. */
export type Dimension = 'endpoint' | 'ruleClass'

interface MetricDefinition {
  readonly unit: 'Count' | 'Milliseconds'
  readonly dimension: Dimension
  readonly meaning: string
}

export const metricNamespace = 'Sallyport'

/** Every metric that the functions emit; dashboard and alarms know no others. */
export const metrics = {
  latency: {
    unit: 'Milliseconds',
    dimension: 'endpoint',
    meaning: 'time in the handler; its number of samples is the number of requests',
  },
  coldStarts: { unit: 'Count', dimension: 'endpoint', meaning: 'first requests of an instance' },
  faults: {
    unit: 'Count',
    dimension: 'endpoint',
    meaning: 'failures of ours, whatever the status',
  },
  refusals: { unit: 'Count', dimension: 'ruleClass', meaning: 'answers that a rule refused' },
  throttledCalls: {
    unit: 'Count',
    dimension: 'ruleClass',
    meaning: 'requests that failed because DynamoDB or KMS throttled to the end',
  },
  signIns: { unit: 'Count', dimension: 'endpoint', meaning: 'people who signed in' },
  failedSignIns: { unit: 'Count', dimension: 'endpoint', meaning: 'wrong passwords' },
  throttledAttempts: {
    unit: 'Count',
    dimension: 'endpoint',
    meaning: 'attempts refused for being too many',
  },
  tokensIssued: {
    unit: 'Count',
    dimension: 'endpoint',
    meaning: 'answers of the token endpoint that carry tokens',
  },
  replays: {
    unit: 'Count',
    dimension: 'endpoint',
    meaning: 'codes, refresh tokens, assertions and proofs used a second time',
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>

export type MetricName = keyof typeof metrics

const isMetric = (name: string): name is MetricName => name in metrics

export const metricNames: readonly MetricName[] = Object.keys(metrics).filter(isMetric)

/** The definition of a metric, as any of them. */
export const metricOf = (name: MetricName): MetricDefinition => metrics[name]

/** Whether a rule, by its name, refuses what was used before. */
export const isReplay = (rule: string): boolean => /[/-]replayed$/.test(rule)

/** Names under which AWS says that there are too many calls. */
const throttleName = /Throttl|ThroughputExceeded|RequestLimitExceeded|LimitExceededException/

/** Whether a failure goes back to AWS being asked too much. */
export const isThrottle = (cause: unknown): boolean =>
  cause instanceof Error && (throttleName.test(cause.name) || isThrottle(cause.cause))

/** The area that a rule belongs to, such as `oauth`: few enough to be counted apart. */
export const ruleClassOf = (rule: string): string => rule.split('/')[0] ?? ''
