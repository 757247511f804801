import { expect, test } from 'vitest'
import { z } from 'zod'
import { endpoints } from '#infra/endpoints.ts'
import { metricNames, metricNamespace, metricOf } from '#shared/metrics/metric.ts'
import { ofType, type StackTemplate, synthesize } from './synthesis.ts'

const alarmType = 'AWS::CloudWatch::Alarm'
const alarmSchema = z.looseObject({
  AlarmDescription: z.string().min(20),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
  TreatMissingData: z.literal('notBreaching'),
  AlarmActions: z.array(z.unknown()).default([]),
  OKActions: z.array(z.unknown()).default([]),
})

const alarmsOf = (...stacks: readonly StackTemplate[]) =>
  stacks
    .flatMap((stack) => ofType(stack, alarmType))
    .map(([id, { Properties }]) => ({ id, ...alarmSchema.parse(Properties) }))

const { api, workers } = synthesize()
const alarms = alarmsOf(api, workers)

test.each([
  'ServerErrors',
  'RareServerErrors',
  'AuthorizationFaults',
  'FunctionThrottles',
  'AwsThrottles',
  'TableThrottles',
  'FailedSignIns',
  'ThrottledAttempts',
  'Replays',
  'StreamAge',
  'RotationErrors',
  'Undelivered',
  'DeliveryAge',
  'NoticesUndelivered',
  'NoticeAge',
])('there is an alarm: %s', (name) => {
  expect(alarms.filter(({ id }) => id.startsWith(`Observability${name}`))).toHaveLength(1)
})

test('an alarm on a metric of ours is on one that the functions emit, told apart as they do', () => {
  const own = alarms.filter(({ Namespace }) => Namespace === metricNamespace)
  expect(own.length).toBeGreaterThan(3)
  for (const { MetricName, Dimensions } of own) {
    const name = metricNames.find((each) => each === MetricName)
    if (name === undefined) throw new Error(`nobody emits ${MetricName}`)
    expect(Dimensions.map(({ Name }) => Name)).toEqual([metricOf(name).dimension])
    if (metricOf(name).dimension === 'endpoint') {
      expect(Object.keys(endpoints)).toContain(Dimensions[0]?.Value)
    }
  }
})

test('every metric of ours stands on the dashboard', () => {
  const text = JSON.stringify(ofType(api, 'AWS::CloudWatch::Dashboard'))
  for (const name of metricNames) expect(text).toContain(name)
})

test('a topic is told of every alarm and of its end; without one nobody is', () => {
  const alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:operators'
  const told = synthesize({ alarmTopicArn })
  for (const { AlarmActions, OKActions } of alarmsOf(told.api, told.workers)) {
    expect([AlarmActions, OKActions]).toEqual([[alarmTopicArn], [alarmTopicArn]])
  }
  for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([])
})

test('a team can leave dashboards and alarms out', () => {
  const without = synthesize({ observability: false })
  expect(JSON.stringify([without.api, without.workers])).not.toContain('AWS::CloudWatch')
})
