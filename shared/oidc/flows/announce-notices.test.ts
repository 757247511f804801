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
import type { ClientNotice } from '../client-notice.ts'
import { announceNotices } from './announce-notices.ts'

const backchannelUri = 'https://app.example/logout'
const listening = (id: ClientId = clientId) => client({ id, logout: { backchannelUri } })
const familyOf = (letter: string, more = {}) =>
  family({ id: trusted<FamilyId>(letter.repeat(22)), ...more })

let store = inMemoryStore()
let sent: ClientNotice[] = []
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

const answered = () => ({
  sequence: '2',
  record: {
    dynamodb: {
      Keys: { pk: { S: `BACKCHANNEL#acme#${userId}` }, sk: { S: 'request' } },
      NewImage: { client: { S: clientId }, answer: { M: { kind: { S: 'allowed' } } } },
    },
  },
})

const announce = (...records: readonly { readonly sequence: string; readonly record: object }[]) =>
  announceNotices({
    ...store,
    noticeQueue: {
      async send(notices) {
        sent.push(...notices)
      },
    },
  })(records)

const notice = (of: ClientId) => ({
  kind: 'logout',
  tenant: tenant().id,
  user: userId,
  sid,
  client: of,
})

test('back-channel logout section 2.5 and back-channel logout section 2.3: every client that got tokens in the session gets a notice', async () => {
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

const described = trusted<ClientId>('https://app.example/client')

test('cimd section 4: a client that listens by its document gets a notice, whether the document can be had now or not', async () => {
  const families = ['b', 'c'].map((letter) => familyOf(letter, { client: described }))
  store.kept.families.push(...families)
  await announce(ended())
  expect(sent).toEqual([notice(clientId)])
  store.kept.families.push(familyOf('d', { client: described, listensByDocument: true }))
  await announce(ended())
  expect(sent.slice(1)).toEqual([notice(clientId), notice(described)])
})

test('cimd section 5: what the operator has declared goes before what a document said', async () => {
  store.kept.clients.push(client({ id: described }))
  store.kept.families.push(familyOf('d', { client: described, listensByDocument: true }))
  await announce(ended())
  expect(sent).toEqual([notice(clientId)])
})

test('back-channel logout section 2.4: another session of the same user is no reason', async () => {
  store.kept.families = [familyOf('a', { sid: trusted<SessionId>('e'.repeat(22)) })]
  await announce(ended())
  expect(sent).toEqual([])
})

test('ciba core section 10.2: the client of a request that was answered gets a notice, without the token that proves it', async () => {
  expect(await announce(answered(), ended())).toMatchObject({ delivered: 2, unreadable: [] })
  const { tenant: of, user } = notice(clientId)
  const ping = { kind: 'ping', tenant: of, user, client: clientId, request: 'request' }
  expect(sent).toEqual([ping, notice(clientId)])
})

test('a change that is neither is told apart, and keeps no other from being announced', async () => {
  const outcome = await announce(ended('USER#acme#x'), ended())
  expect(outcome.unreadable).toMatchObject([{ sequence: '1' }])
  expect(sent).toEqual([notice(clientId)])
})
