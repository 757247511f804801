import { expect, test } from 'vitest'
import { askForCapacity, takeCapacity } from './dynamodb-capacity.ts'
import type { AwsRequest } from './service.ts'

const request = (action: string, input: Record<string, unknown> = {}): AwsRequest => ({
  action,
  method: 'POST',
  path: '/',
  headers: {},
  body: Buffer.from(JSON.stringify(input)),
  input,
})

const response = (content: object, status = 200) => ({
  status,
  headers: { 'x-amz-crc32': '1', 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(JSON.stringify(content)),
})

const contentOf = ({ body }: { readonly body: Uint8Array }): unknown =>
  JSON.parse(Buffer.from(body).toString())

test('the engine is asked what an operation on items consumes', () => {
  const asked = askForCapacity(request('GetItem', { TableName: 'sallyport' }))
  expect(contentOf(asked)).toEqual({ TableName: 'sallyport', ReturnConsumedCapacity: 'TOTAL' })
})

test('what is not charged in capacity units is passed on as it is', () => {
  const describe = request('DescribeTable', { TableName: 'sallyport' })
  expect(askForCapacity(describe)).toBe(describe)
  const answer = response({ Table: {} })
  expect(takeCapacity(describe, answer)).toBe(answer)
})

test('the answer of a read carries its units, and the caller does not see them', () => {
  const answer = response({ Item: {}, ConsumedCapacity: { TableName: 't', CapacityUnits: 0.5 } })
  const taken = takeCapacity(request('GetItem'), answer)
  expect(taken.capacity).toEqual({ readUnits: 0.5, writeUnits: 0 })
  expect(contentOf(taken)).toEqual({ Item: {} })
  expect(taken.headers).toEqual({ 'content-type': 'application/x-amz-json-1.0' })
})

test('the units of a batch are the sum over its tables', () => {
  const answer = response({ ConsumedCapacity: [{ CapacityUnits: 2 }, { CapacityUnits: 1 }] })
  expect(takeCapacity(request('TransactWriteItems'), answer).capacity).toEqual({
    readUnits: 0,
    writeUnits: 3,
  })
})

test('a caller that asks for the capacity itself is told', () => {
  const answer = response({ ConsumedCapacity: { CapacityUnits: 1 } })
  const taken = takeCapacity(request('PutItem', { ReturnConsumedCapacity: 'TOTAL' }), answer)
  expect(contentOf(taken)).toEqual({ ConsumedCapacity: { CapacityUnits: 1 } })
})

test('a write whose condition does not hold is charged all the same, any other failure is not', () => {
  const failed = (type: string) =>
    takeCapacity(request('PutItem'), response({ __type: `com.amazonaws#${type}` }, 400)).capacity
  expect(failed('ConditionalCheckFailedException')).toEqual({ readUnits: 0, writeUnits: 1 })
  expect(failed('ValidationException')).toEqual({ readUnits: 0, writeUnits: 0 })
})
