import { beforeEach, expect, test } from 'vitest'
import { type ClientId, type FamilyId, type SessionId, trusted } from '#shared/kernel/ids.ts'
import {
  client,
  clientId,
  family,
  otherClientId,
  sid,
  tenant,
  userId,
} from '../../../test/support/builders.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import type { LogoutNotice } from '../logout-notice.ts'
import { announceLogouts } from './announce-logout.ts'

const backchannelUri = 'https://app.example/logout'
const listening = (id: ClientId = clientId) => client({ id, logout: { backchannelUri } })
const familyOf = (letter: string, more = {}) =>
  family({ id: trusted<FamilyId>(letter.repeat(22)), ...more })

let store = inMemoryStore()
let sent: LogoutNotice[] = []
beforeEach(() => {
  store = inMemoryStore({ clients: [listening()], families: [familyOf('a')] })
  sent = []
})

const ended = (pk = `SESSION#acme#${userId}`) => ({
  sequence: '1',
  record: {
    dynamodb: { Keys: { pk: { S: pk }, sk: { S: sid } }, NewImage: { endedAt: { N: '1' } } },
  },
})

const announce = (...records: readonly ReturnType<typeof ended>[]) =>
  announceLogouts({
    ...store,
    logoutQueue: {
      async send(notices) {
        sent.push(...notices)
      },
    },
  })(records)

const notice = (of: ClientId) => ({ tenant: tenant().id, user: userId, sid, client: of })

test('back-channel logout section 2.5: every client that got tokens in the session gets a notice', async () => {
  store.kept.clients.push(listening(otherClientId))
  store.kept.families.push(familyOf('b', { client: otherClientId }))
  expect(await announce(ended())).toMatchObject({ failed: [], delivered: 2, unreadable: [] })
  expect(sent).toEqual([notice(clientId), notice(otherClientId)])
})

test('back-channel logout section 2.5: a client gets one notice, however many tokens it got', async () => {
  store.kept.families.push(familyOf('b'), familyOf('c', { offline: true }))
  await announce(ended())
  expect(sent).toEqual([notice(clientId)])
})

test.each([
  ['a client without a backchannel_logout_uri', client()],
  ['a client that was deleted', client({ id: otherClientId })],
])('back-channel logout section 2.2: %s gets none', async (_, only) => {
  store.kept.clients = [only]
  await announce(ended())
  expect(sent).toEqual([])
})

test('back-channel logout section 2.4: another session of the same user is no reason', async () => {
  store.kept.families = [familyOf('a', { sid: trusted<SessionId>('e'.repeat(22)) })]
  await announce(ended())
  expect(sent).toEqual([])
})

test('a change that is no session is told apart, and keeps no other from being announced', async () => {
  const outcome = await announce(ended('USER#acme#x'), ended())
  expect(outcome.unreadable).toMatchObject([{ sequence: '1' }])
  expect(sent).toEqual([notice(clientId)])
})
