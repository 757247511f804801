import { expect, test } from 'vitest'
import { type ClientId, trusted } from '#shared/kernel/ids.ts'
import { now, userId } from '../../test/support/builders.ts'
import type { AuditEvent } from './event.ts'

const bytesOf = (event: AuditEvent): number => Buffer.byteLength(JSON.stringify(event))

const longest: AuditEvent = {
  id: 'i'.repeat(22),
  time: now,
  activity: 'refresh-replayed',
  user: userId,
  address: '2001:0db8:ffff:ffff:ffff:ffff:ffff:ffff',
}

test('an event stays within 300 bytes, with every client id of up to 125 characters', () => {
  expect(bytesOf({ ...longest, client: trusted<ClientId>('c'.repeat(125)) })).toBeLessThanOrEqual(
    300,
  )
})

test('a refused sign-in, which names its rule and neither user nor client, is shorter', () => {
  const { id, time, address } = longest
  const refused = { id, time, activity: 'sign-in-failed', rule: 'authn/password/wrong' } as const
  expect(bytesOf({ ...refused, ...(address === undefined ? {} : { address }) })).toBeLessThan(200)
})
