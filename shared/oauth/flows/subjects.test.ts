import { describe, expect, test } from 'vitest'
import { type SessionId, type TenantId, trusted } from '#shared/kernel/ids.ts'
import {
  client,
  otherClientId,
  otherUserId,
  sid,
  tenant,
  userId,
} from '../../../test/support/builders.ts'
import { plainSealer } from '../../../test/support/fake-ports.ts'
import { sessionIdFor, sessionOfId, subjectFor, userOfSubject } from './subjects.ts'

const ports = { sealer: plainSealer() }
const subject = subjectFor(ports)
const pairwise = client({ subjectType: 'pairwise' })
const elsewhere = client({ ...pairwise, redirectUris: ['https://other.example/callback'] })

test('oidc core section 8: public subjects are the same for all clients', async () => {
  expect(await subject(tenant(), client(), userId)).toBe(userId)
})

test('oidc core section 8.1: the same sector always knows a user by the same subject', async () => {
  const first = await subject(tenant(), pairwise, userId)
  const neighbour = client({ ...pairwise, id: otherClientId })
  expect(await subject(tenant(), pairwise, userId)).toBe(first)
  expect(await subject(tenant(), neighbour, userId)).toBe(first)
})

test('oidc core section 8.1: another sector and another user have other subjects', async () => {
  const first = await subject(tenant(), pairwise, userId)
  expect(first).not.toContain(userId)
  expect(await subject(tenant(), elsewhere, userId)).not.toBe(first)
  expect(await subject(tenant(), pairwise, otherUserId)).not.toBe(first)
})

test('a subject of ours leads back to the user, in its tenant alone', async () => {
  const userOf = userOfSubject(ports)
  const known = await subject(tenant(), elsewhere, userId)
  expect(await userOf(tenant(), known)).toBe(userId)
  expect(await userOf(tenant(), userId)).toBe(userId)
  expect(await userOf(tenant({ id: trusted<TenantId>('globex') }), known)).toBeUndefined()
  expect(await userOf(tenant(), 'made.up')).toBeUndefined()
})

describe('oidc core section 8.1: the sid of a session', () => {
  const sidFor = sessionIdFor(ports)
  const sessionOf = sessionOfId(ports)
  const otherSid = trusted<SessionId>('s'.repeat(22))

  test('is the same for all public clients', async () => {
    expect(await sidFor(tenant(), client(), sid)).toBe(sid)
  })

  test('is always the same for a sector, and for no other sector or session', async () => {
    const first = await sidFor(tenant(), pairwise, sid)
    expect(first).not.toContain(sid)
    expect(await sidFor(tenant(), client({ ...pairwise, id: otherClientId }), sid)).toBe(first)
    expect(await sidFor(tenant(), elsewhere, sid)).not.toBe(first)
    expect(await sidFor(tenant(), pairwise, otherSid)).not.toBe(first)
  })

  test('leads back to the session, in its tenant alone', async () => {
    const known = await sidFor(tenant(), pairwise, sid)
    expect(await sessionOf(tenant(), known)).toBe(sid)
    expect(await sessionOf(tenant(), sid)).toBe(sid)
    expect(await sessionOf(tenant({ id: trusted<TenantId>('globex') }), known)).toBeUndefined()
    expect(await sessionOf(tenant(), 'made.up')).toBeUndefined()
  })

  test('is no subject, and no subject is a sid', async () => {
    const known = await sidFor(tenant(), pairwise, sid)
    expect(await userOfSubject(ports)(tenant(), known)).toBeUndefined()
    expect(await sessionOf(tenant(), await subject(tenant(), pairwise, userId))).toBeUndefined()
  })
})
