const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const

/**
 * The milliseconds between two times of a `rate(...)`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-rate-expressions
 * @throws Error for `cron(...)`, which no rule here uses, and for what EventBridge itself would refuse
 */
export function periodOf(expression: string): number {
  const [, count = '', unit, plural] =
    /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression) ?? []
  const isPlural = plural === 's'
  if ((unit === 'minute' || unit === 'hour' || unit === 'day') && isPlural === (count !== '1')) {
    return Number(count) * unitMs[unit]
  }
  throw new Error(`the local cloud does not know the schedule ${expression}`)
}
