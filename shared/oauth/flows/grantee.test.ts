import { describe, expect, test } from 'vitest'
import type { User } from '#shared/directory/user.ts'
import type { Session } from '#shared/session/session.ts'
import {
  client,
  grantContext,
  inSeconds,
  now,
  session,
  sid,
  user,
  userId,
} from '../../../test/support/builders.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import type { Client } from '../client/client.ts'
import { verifyGrantee } from './grantee.ts'

interface Facts {
  readonly users?: User[]
  readonly sessions?: Session[]
  readonly by?: Client
  readonly offline?: boolean
}

function verify({ users = [user()], sessions = [session()], by, offline = false }: Facts) {
  const grantee = {
    user: userId,
    sid,
    authTime: inSeconds(-1000),
    issuedAt: inSeconds(-10),
    offline,
  }
  return verifyGrantee(inMemoryStore({ users, sessions }))(
    grantContext({ client: by ?? client() }),
    grantee,
  )
}

const refused = (rule: string) => ({ code: 'invalid_grant', rule: `oauth/grantee/${rule}` })

test('a grant stands while its client, its user and its session do', async () => {
  await expect(verify({})).resolves.toBeUndefined()
})

test('what was issued before the validAfter of the client is revoked, from that second on it is not', async () => {
  const changed = (at: number) => ({ by: client({ validAfter: inSeconds(at) }) })
  await expect(verify(changed(-9))).rejects.toMatchObject(refused('client'))
  await expect(verify(changed(-10))).resolves.toBeUndefined()
})

describe('rfc6749 section 5.2: a grant is invalid when its user', () => {
  test.each([
    ['is gone', []],
    ['is disabled', [user({ active: false })]],
    ['has authenticated before the own validAfter', [user({}, { validAfter: inSeconds(-999) })]],
  ])('%s, offline or not', async (_, users) => {
    await expect(verify({ users })).rejects.toMatchObject(refused('user'))
    await expect(verify({ users, offline: true })).rejects.toMatchObject(refused('user'))
  })
})

describe('oidc core section 11: only offline access outlives a session that', () => {
  test.each([
    ['is gone', []],
    ['was ended', [session({ endedAt: inSeconds(-1) })]],
    ['has expired', [session({ expiresAt: now })]],
  ])('%s', async (_, sessions) => {
    await expect(verify({ sessions })).rejects.toMatchObject(refused('session'))
    await expect(verify({ sessions, offline: true })).resolves.toBeUndefined()
  })
})
