import { expect, test } from 'vitest'
import {
  callback,
  client,
  clientId,
  otherClientId,
  session,
  tenant,
} from '../../test/support/builders.ts'
import { originOfRedirectUri, sessionState, sessionStateParameters } from './session-state.ts'

const facts = {
  client: clientId,
  origin: 'https://app.example',
  browserState: 'state',
  salt: 'salt',
}

test('session management section 2: it holds no space, and the salt to compute it again', () => {
  expect(sessionState(facts)).toMatch(/^[0-9a-f]{64}\.salt$/)
  expect(sessionState(facts)).toBe(sessionState({ ...facts }))
})

test.each([
  ['client', { client: otherClientId }],
  ['origin', { origin: 'https://evil.example' }],
  ['state of the browser', { browserState: '' }],
  ['salt', { salt: 'other' }],
])('session management section 3.2: another %s gives another one', (_, more) => {
  expect(sessionState({ ...facts, ...more })).not.toBe(sessionState(facts))
})

test.each([
  ['https://app.example/callback', 'https://app.example'],
  ['http://localhost:3000/callback?a=b', 'http://localhost:3000'],
  ['com.example.app:/callback', undefined],
])('session management section 2: the origin of %s is %s', (redirectUri, origin) => {
  expect(originOfRedirectUri(redirectUri)).toBe(origin)
})

const grant = { client: client(), redirectUri: callback, scopes: ['openid'], session: session() }

test('session management section 2: an authentication response carries it', () => {
  expect(sessionStateParameters(tenant(), grant, 'salt')).toEqual({
    session_state: expect.stringMatching(/^[0-9a-f]{64}\.salt$/),
  })
})

test.each([
  ['a request of plain OAuth', tenant(), { scopes: ['orders:read'] }],
  ['an app without an origin', tenant(), { redirectUri: 'com.example.app:/callback' }],
  [
    'a tenant of another profile',
    tenant({ settings: { ...tenant().settings, profile: 'fapi2' } }),
    {},
  ],
])('session management section 2: the answer to %s does not', (_, at, more) => {
  expect(sessionStateParameters(at, { ...grant, ...more }, 'salt')).toEqual({})
})
