import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import type { Committed } from '#shared/ports/store-unavailable.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { dynamoRefreshFamilies } from '#shared/store/refresh-families.ts'
import { dynamoUsers } from '#shared/store/users.ts'
import { useDynamoDb } from '../support/dynamodb.ts'
import { anyAttempt, anyEvent, anyFamily, anyUser } from './support/samples.ts'
import { failAttempts, loseAnswers } from './support/tampered-client.ts'

const event = anyEvent()
const throttled = 'ThrottlingException'

const committedOf = (call: Promise<unknown>): Promise<Committed | 'done'> =>
  call.then(
    () => 'done' as const,
    (error) => {
      if (error instanceof StoreUnavailable) return error.committed
      throw error
    },
  )

const engine = useDynamoDb()

const families = (client: DynamoDBDocumentClient) =>
  dynamoRefreshFamilies({ client, name: engine().table.name })
const open = (client: DynamoDBDocumentClient) =>
  committedOf(families(client).open(anyFamily(), anyAttempt(), event))

test.each<[Committed | 'done', string, readonly string[]]>([
  ['done', 'fewer refusals than tries', [throttled, throttled]],
  ['no', 'every try throttled', [throttled, throttled, throttled]],
  ['no', 'the account at its limit', Array.from({ length: 3 }, () => 'RequestLimitExceeded')],
  ['no', 'a conflict with a transaction', ['TransactionConflictException']],
  ['unknown', 'a first answer lost, then throttled', ['TimeoutError', throttled, throttled]],
  ['unknown', 'every answer late', ['TimeoutError', 'TimeoutError', 'TimeoutError']],
  ['unknown', 'an internal error', Array.from({ length: 3 }, () => 'InternalServerError')],
])('a write is committed: %s, after %s', async (committed, _, errors) => {
  expect(await open(failAttempts(engine().client(), errors))).toBe(committed)
})

test('a write whose every answer was lost may be committed, and is', async () => {
  const family = anyFamily()
  const lossy = families(loseAnswers(engine().client(), 3))
  expect(await committedOf(lossy.open(family, anyAttempt(), event))).toBe('unknown')
  expect(await families(engine().client()).find(family)).toEqual(family)
})

test('a failed read leaves nothing behind, whatever failed', async () => {
  const errors = ['TimeoutError', 'TimeoutError', 'TimeoutError']
  const find = families(failAttempts(engine().client(), errors)).find(anyFamily())
  expect(await committedOf(find)).toBe('no')
})

test('an engine that cannot be reached has committed nothing', async () => {
  expect(await open(engine().client({ endpoint: 'http://127.0.0.1:1' }))).toBe('no')
})

test.each<[Committed, string]>([
  ['no', 'TransactionConflict'],
  ['no', 'ThrottlingError'],
])('a transaction cancelled by load commits: %s (%s)', async (committed, Code) => {
  const client = engine().client()
  client.middlewareStack.add(
    () => async () => {
      const CancellationReasons = [{ Code: 'None' }, { Code }]
      const name = 'TransactionCanceledException'
      throw Object.assign(new Error(name), { name, CancellationReasons, $metadata: {} })
    },
    { step: 'deserialize', priority: 'low', name: 'cancelled' },
  )
  const users = dynamoUsers({ client, name: engine().table.name })
  expect(await committedOf(users.save({ user: anyUser('ada'), event }))).toBe(committed)
})

test('a fault of ours is no strain of the store', async () => {
  const refused = families(failAttempts(engine().client(), ['ValidationException']))
  await expect(refused.find(anyFamily())).rejects.toThrow('ValidationException')
  const denied = families(failAttempts(engine().client(), ['AccessDeniedException']))
  await expect(denied.find(anyFamily())).rejects.toThrow('AccessDeniedException')
})
