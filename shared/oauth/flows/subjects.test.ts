import { expect, test } from 'vitest'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import {
  client,
  otherClientId,
  otherUserId,
  tenant,
  userId,
} from '../../../test/support/builders.ts'
import { plainSealer } from '../../../test/support/fake-ports.ts'
import { subjectFor, userOfSubject } from './subjects.ts'

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
