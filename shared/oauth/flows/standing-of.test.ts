import { beforeEach, expect, test } from 'vitest'
import {
  client,
  clientId,
  family,
  familyId,
  inSeconds,
  now,
  otherClientId,
  session,
  tenant,
  user,
  userId,
} from '../../../test/support/builders.ts'
import { type Contents, inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { type StandingToken, standingOf } from './standing-of.ts'

const jti = 'eu-central-1.1'

function world() {
  return inMemoryStore({
    clients: [client(), client({ id: otherClientId })],
    users: [user()],
    sessions: [session()],
    families: [family()],
  })
}

let here = world()
beforeEach(() => {
  here = world()
})

const line = { user: userId, family: familyId }
const ofUser: StandingToken = { client: clientId, jti, issuedAt: inSeconds(-10), line }
const ofMachine: StandingToken = { client: clientId, jti, issuedAt: inSeconds(-10) }

const standing = (token: StandingToken) => standingOf(here)(tenant().id, token, now)

test('a token stands with its client, its user, its session and its line', async () => {
  expect(await standing(ofUser)).toEqual({
    client: client(),
    line: { user: user(), family: family() },
  })
  expect(await standing(ofMachine)).toEqual({ client: client() })
})

test('rfc7662 section 4: of who asks about its own token nothing is read again, of anybody else everything', async () => {
  here.kept.clients = []
  const asked = (asking: Parameters<typeof client>[0]) =>
    standingOf(here)(tenant().id, ofMachine, now, client(asking))
  expect(await asked({})).toEqual({ client: client() })
  expect(await asked({ validAfter: now })).toBeUndefined()
  expect(await asked({ id: otherClientId })).toBeUndefined()
})

test.each<[string, Partial<Contents>]>([
  ['its client is gone', { clients: [] }],
  ['its client has revoked what is older', { clients: [client({ validAfter: now })] }],
  ['its user is gone', { users: [] }],
  ['its user is disabled', { users: [user({ active: false })] }],
  ['its session has ended', { sessions: [session({ endedAt: now })] }],
  ['its line is gone', { families: [] }],
  ['its line is revoked', { families: [family({ revokedAt: now })] }],
])('rfc7662 section 4: a token stands no more when %s', async (_, changed) => {
  Object.assign(here.kept, changed)
  expect(await standing(ofUser)).toBeUndefined()
})

test('rfc7009 section 2.1: the token of a machine may be revoked by itself', async () => {
  here.kept.revokedTokens = [`${tenant().id} ${jti}`]
  expect(await standing(ofMachine)).toBeUndefined()
  expect(await standing({ ...ofMachine, jti: 'eu-central-1.2' })).toBeDefined()
})

test('a token that another client got out of the line is revoked by itself, and with the line', async () => {
  const ofOther = { ...ofUser, client: otherClientId }
  expect(await standing(ofOther)).toBeDefined()
  here.kept.revokedTokens = [`${tenant().id} ${jti}`]
  expect(await standing(ofOther)).toBeUndefined()
  here.kept.revokedTokens = []
  here.kept.families = [family({ revokedAt: now })]
  expect(await standing(ofOther)).toBeUndefined()
})

test('a token that another client got out of the line falls with the client of the line', async () => {
  const ofOther = { ...ofUser, client: otherClientId }
  for (const clients of [[], [client({ validAfter: now })]]) {
    here.kept.clients = [client({ id: otherClientId }), ...clients]
    expect(await standing(ofOther)).toBeUndefined()
  }
})

test('whether the own tokens of a line are revoked is not read twice', async () => {
  here.revokedTokens.has = () => Promise.reject(new Error('not asked for'))
  await expect(standing(ofUser)).resolves.toBeDefined()
})
