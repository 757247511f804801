import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import type { AuditEvent } from '#shared/audit/event.ts'
import { type ClientId, type Generation, type TenantId, trusted } from '#shared/kernel/ids.ts'
import { systemRandom } from '#shared/node/random.ts'
import { dynamoFailedPasswords } from '#shared/store/failed-passwords.ts'
import { dynamoOutbox } from '#shared/store/outbox.ts'
import { dynamoRefreshFamilies } from '#shared/store/refresh-families.ts'
import { dynamoSessions } from '#shared/store/sessions.ts'
import type { Item } from '#shared/store/table.ts'
import { useDynamoDb } from '../support/dynamodb.ts'
import { performPattern, preparePatterns } from './support/perform-patterns.ts'
import { anyAttempt, anyEvent, anyFamily, anySession, later, now } from './support/samples.ts'
import { type Billed, billCalls } from './support/tampered-client.ts'

const engine = useDynamoDb(async ({ table }) => {
  await preparePatterns(table)
  for (const id of ['AP-15', 'AP-19', 'AP-24', 'AP-29', 'AP-50']) await performPattern(id, table)
})

/** As long as anything real gets: an address of IPv6, a client id of 100 characters, a long tenant. */
const tenant = trusted<TenantId>('t'.repeat(40))
const client = trusted<ClientId>('c'.repeat(100))
const address = '2001:0db8:85a3:08d3:1319:8a2e:0370:7344'
const amr = ['pwd', 'otp', 'mfa', 'hwk', 'user']
const scopes = ['openid', 'profile', 'email', 'phone', 'address', 'groups', 'offline_access']
const session = anySession({ tenant, amr, endedAt: later })
const family = anyFamily({ tenant, user: session.user, client, scopes, amr, revokedAt: later })

const eventOf = (more: Partial<AuditEvent>) => anyEvent({ user: session.user, address, ...more })
const redemption = eventOf({ activity: 'code-redeemed', client })
const refresh = eventOf({ activity: 'refresh-replayed', client })
const failure = eventOf({
  activity: 'sign-in-failed',
  rule: 'authn/password/too-many-failures-of-address',
})

/** What a call costs with everything at its longest. */
async function bill(
  act: (table: ReturnType<typeof billed>) => Promise<unknown>,
): Promise<number[]> {
  const calls: Billed[] = []
  await act(billed(calls))
  return calls.map(({ units }) => units)
}

const billed = (calls: Billed[]) => ({
  client: billCalls(engine().client(), calls),
  name: engine().table.name,
})

test('a sign-in writes one item within 1 KB', async () => {
  const units = await bill((table) =>
    dynamoSessions(table).open(session, anyAttempt(), eventOf({})),
  )
  expect(units).toEqual([1])
})

test('a redemption writes one item within 1 KB, and each refresh stays there', async () => {
  const open = { ...family, id: trusted<typeof family.id>(systemRandom.id()) }
  const { revokedAt: _, ...unrevoked } = open
  const units = await bill(async (table) => {
    const families = dynamoRefreshFamilies(table)
    await families.open(unrevoked, anyAttempt(), redemption)
    const turn = { from: trusted<Generation>(0), to: trusted<Generation>(1) }
    await families.rotate(open, turn, anyAttempt(), refresh)
    await families.revoke(open, now, refresh)
  })
  expect(units).toEqual([1, 1, 1])
})

test('a failed password writes its two counters and nothing else', async () => {
  const keys = { account: systemRandom.token(), address: systemRandom.token() }
  const window = { now, endsAt: later }
  const units = await bill((table) =>
    dynamoFailedPasswords(table).add(tenant, keys, window, failure),
  )
  expect(units).toEqual([1, 1])
})

test('a machine token writes one outbox item', async () => {
  expect(await bill((table) => dynamoOutbox(table).put(tenant, redemption))).toEqual([1])
})

test.each([redemption, refresh, failure])(
  'the longest $activity event has at most 300 bytes',
  (event) => {
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThanOrEqual(300)
  },
)

/** The entity words of the items that fulfil the predicate. */
async function entitiesWith(predicate: (item: Item) => boolean): Promise<Set<string>> {
  const { client: scanner, name } = engine().table
  const { Items: items = [] } = await scanner.send(new ScanCommand({ TableName: name }))
  return new Set(items.filter(predicate).map(({ pk }) => String(pk).split('#')[0] ?? ''))
}

test('every item names the version of its record', async () => {
  expect(await entitiesWith(({ v }) => v !== 1)).toEqual(new Set())
})

test('every state change carries its event; only what is written beside one carries none', async () => {
  const besideTheirSubject = ['USERNAME', 'PASSWORD', 'GROUPNAME', 'KMSKEY', 'ROTATION']
  const unauditedHere = ['ASSERTION', 'PROOF']
  const silent = await entitiesWith(({ event }) => event === undefined)
  expect(silent).toEqual(new Set([...besideTheirSubject, ...unauditedHere]))
})

test('what is temporary ends on its own: expiresAt is the TTL attribute', async () => {
  const temporary = await entitiesWith(({ expiresAt }) => typeof expiresAt === 'number')
  expect(temporary).toEqual(
    new Set([
      'SESSION',
      'FAMILY',
      'FAILEDPASSWORD',
      'ATTEMPT',
      'BACKCHANNEL',
      'DEVICE',
      'LONGCODE',
      'PUSHEDREQUEST',
      'ASSERTION',
      'PROOF',
      'OUTBOX',
      'REVOKEDTOKEN',
    ]),
  )
})
