import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const environment = {
  AWS_REGION: 'eu-central-1',
  TABLE_NAME: 'table',
  WRAPPING_KEY_ARN: 'arn:aws:kms:eu-central-1:111122223333:key/1',
  ORIGIN_SECRET: 'hunter2',
  AUDIT_DELIVERY_STREAM: 'audit',
  NOTICE_QUEUE_URL: 'https://sqs.example/notices',
}
const config = readConfig(environment)

test('the values of the environment', () => {
  expect(config).toMatchObject({
    region: 'eu-central-1',
    tableName: 'table',
    wrappingKeyArn: environment.WRAPPING_KEY_ARN,
    auditDeliveryStream: 'audit',
    noticeQueueUrl: 'https://sqs.example/notices',
  })
  expect(config.originSecret.reveal()).toBe('hunter2')
})

test('the origin secret cannot be printed', () => {
  expect(JSON.stringify(config)).not.toContain('hunter2')
})

test.each([
  ['AWS_REGION', 'region'],
  ['TABLE_NAME', 'tableName'],
  ['WRAPPING_KEY_ARN', 'wrappingKeyArn'],
  ['ORIGIN_SECRET', 'originSecret'],
  ['AUDIT_DELIVERY_STREAM', 'auditDeliveryStream'],
] as const)('a function that uses %s and has none is told so', (name, property) => {
  for (const value of [undefined, '']) {
    const incomplete = readConfig({ ...environment, [name]: value })
    expect(() => incomplete[property]).toThrow(`${name} is not set`)
  }
})

test('a function need not have what it does not use', () => {
  const { ORIGIN_SECRET: _, ...ofWorker } = environment
  expect(readConfig(ofWorker).auditDeliveryStream).toBe('audit')
})

test('another STS than that of AWS counts in the local cloud alone', () => {
  const endpoint = { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' }
  expect(readConfig(endpoint).stsEndpoint).toBeUndefined()
  const local = readConfig({ ...endpoint, ALLOW_LOOPBACK_FETCHES: 'true' })
  expect(local.stsEndpoint).toBe('http://127.0.0.1:1')
})

test('what the local cloud alone may ask for is off unless it says so in this very word', () => {
  for (const value of [undefined, '', '1', 'TRUE', 'false']) {
    const read = readConfig({ ALLOW_LOOPBACK_FETCHES: value, LIFT_RATE_LIMITS: value })
    expect(read).toMatchObject({ allowsLoopbackFetches: false, liftsRateLimits: false })
  }
  const lifted = readConfig({ ALLOW_LOOPBACK_FETCHES: 'true', LIFT_RATE_LIMITS: 'true' })
  expect(lifted).toMatchObject({ allowsLoopbackFetches: true, liftsRateLimits: true })
})
