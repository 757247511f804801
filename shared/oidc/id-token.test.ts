import { expect, test } from 'vitest'
import { type SessionId, trusted } from '#shared/kernel/ids.ts'
import { clientId, inSeconds, now, userId } from '../../test/support/builders.ts'
import { idTokenClaims } from './id-token.ts'

const facts = {
  issuer: 'https://id.example/acme',
  user: userId,
  subject: 'how-the-client-knows-the-user',
  client: clientId,
  sid: trusted<SessionId>('sid-1'),
  authTime: inSeconds(-1000),
  amr: ['pwd'],
  nonce: 'n-0S6_WzA2Mj',
  accessToken: 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y',
  algorithm: 'RS256',
  issuedAt: now,
  expiresAt: inSeconds(200),
} as const

test('oidc core section 2: iss, sub, aud, exp and iat; protocol claims only', () => {
  expect(idTokenClaims(facts)).toStrictEqual({
    iss: 'https://id.example/acme',
    sub: 'how-the-client-knows-the-user',
    aud: clientId,
    exp: inSeconds(200),
    iat: now,
    auth_time: inSeconds(-1000),
    amr: ['pwd'],
    sid: trusted<SessionId>('sid-1'),
    at_hash: '77QmUPtjPfzWtF2AnpK9RQ',
    nonce: 'n-0S6_WzA2Mj',
  })
})

test('oidc core section 2: the nonce comes back unmodified, and none where none was sent', () => {
  expect(idTokenClaims({ ...facts, nonce: ' "\u00e4" ' })).toHaveProperty('nonce', ' "\u00e4" ')
  const { nonce: _, ...without } = facts
  expect(idTokenClaims(without)).not.toHaveProperty('nonce')
})

test('oidc core section 3.1.3.6: at_hash is the left half of the hash that the ID token is signed with', () => {
  expect(idTokenClaims(facts).at_hash).toBe('77QmUPtjPfzWtF2AnpK9RQ')
  const edwards = idTokenClaims({ ...facts, algorithm: 'EdDSA' }).at_hash
  expect(Buffer.from(edwards ?? '', 'base64url')).toHaveLength(32)
})

test('oidc core section 3.3.2.11: c_hash binds the code, and is the same as of any other value', () => {
  const { accessToken: code, ...others } = facts
  const claims = idTokenClaims({ ...others, code })
  expect(claims.c_hash).toBe('77QmUPtjPfzWtF2AnpK9RQ')
  expect(claims).not.toHaveProperty('at_hash')
})

test('fapi1 advanced section 5.1.1: s_hash binds the state', () => {
  expect(idTokenClaims({ ...facts, state: facts.accessToken }).s_hash).toBe(
    '77QmUPtjPfzWtF2AnpK9RQ',
  )
  expect(idTokenClaims(facts)).not.toHaveProperty('s_hash')
})

test('oidc core section 2: acr says how well the user was authenticated, where that is known', () => {
  expect(idTokenClaims({ ...facts, acr: 'phr' }).acr).toBe('phr')
  expect(idTokenClaims(facts)).not.toHaveProperty('acr')
})
