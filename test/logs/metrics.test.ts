import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { endpoints } from '#infra/endpoints.ts'
import { recordedKinds, recordingVariable } from '#local/recording.ts'
import { metricNames, metricNamespace, metricOf } from '#shared/metrics/metric.ts'
import { isRecordWhole, recordedLines, whyRecordIsNotWhole } from './recorded.ts'

const schema = z.looseObject({
  function: z.string(),
  message: z.looseObject({
    _aws: z.object({
      Timestamp: z.number(),
      CloudWatchMetrics: z.array(
        z.object({
          Namespace: z.literal(metricNamespace),
          Dimensions: z.array(z.array(z.string()).length(1)).length(1),
          Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
        }),
      ),
    }),
  }),
})

/** Metric -> what told it apart, as every line of the run had it. */
const emitted = new Map<string, Set<string>>()

beforeAll(async () => {
  const folder = process.env[recordingVariable] ?? ''
  for await (const line of recordedLines(folder, recordedKinds.log)) {
    if (!line.includes('"_aws"')) continue
    const { message } = schema.parse(JSON.parse(line))
    for (const { Dimensions, Metrics } of message._aws.CloudWatchMetrics) {
      const dimension = Dimensions.flat()[0] ?? ''
      for (const { Name } of Metrics) {
        const values = emitted.get(`${Name} by ${dimension}`) ?? new Set<string>()
        expect(message[Name], Name).toEqual(expect.any(Number))
        emitted.set(`${Name} by ${dimension}`, values.add(String(message[dimension])))
      }
    }
  }
})

test('every metric of the table is emitted by some request of the run, and no other one', (context) => {
  context.skip(!isRecordWhole, whyRecordIsNotWhole)
  const known = metricNames.map((name) => `${name} by ${metricOf(name).dimension}`)
  expect([...emitted.keys()].toSorted()).toEqual(known.toSorted())
})

test('dimensions are few: endpoints of the table, and areas of rules', () => {
  for (const [metric, values] of emitted) {
    if (metric.endsWith('by endpoint'))
      expect(Object.keys(endpoints)).toEqual(expect.arrayContaining([...values]))
    else expect(values.size).toBeLessThanOrEqual(12)
  }
})
