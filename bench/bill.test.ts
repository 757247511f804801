import { expect, test } from 'vitest'
import { billedMs, billOf, writesIn } from './bill.ts'

const token = {
  'oauth2.token': {
    requests: 1,
    logBytes: 700,
    calls: { 'dynamodb:GetItem': 1, 'dynamodb:PutItem': 1, 'kms:Sign': 1 },
    readUnits: 1,
    writeUnits: 1,
  },
}

const facts = { 'oauth2.token': { memoryMiB: 512, cpuMs: 2 } }

test('a request is billed for its share of a processor and for its waiting, rounded up', () => {
  expect(billedMs({ memoryMiB: 1769, cpuMs: 30.5 }, { dynamodb: 0, kms: 0 })).toBe(31)
  expect(billedMs({ memoryMiB: 884.5, cpuMs: 2 }, { dynamodb: 2, kms: 1 })).toBe(4 + 8 + 12)
})

test('more memory than one processor makes one thread no faster', () => {
  expect(billedMs({ memoryMiB: 3538, cpuMs: 10 }, { dynamodb: 0, kms: 0 })).toBe(10)
})

test('every line of the bill is for a million runs, and the total is their sum', () => {
  const { lines, total } = billOf(token, facts)
  expect(lines).toMatchObject({
    CloudFront: 1,
    WAF: 0.6,
    'HTTP API': 1,
    'Lambda requests': 0.2,
    'Lambda compute': 0.18,
    'DynamoDB writes': 0.63,
    'DynamoDB reads': 0.13,
    KMS: 3,
    logs: 0.5,
  })
  expect(total).toBeCloseTo(
    Object.values(lines).reduce((a, b) => a + b, 0),
    1,
  )
})

test('every write carries an event to the lake; reads do not', () => {
  expect(writesIn(token)).toBe(1)
  const read = { f: { ...token['oauth2.token'], calls: { 'dynamodb:Query': 3 }, writeUnits: 0 } }
  expect(writesIn(read)).toBe(0)
  expect(billOf(read, { f: { memoryMiB: 512, cpuMs: 1 } }).lines['Firehose']).toBe(0)
})

test('a flow that uses nothing costs nothing', () => {
  expect(billOf({}, {}).total).toBe(0)
})
