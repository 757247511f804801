import { expect, test } from 'vitest'
import { client, inSeconds, now, session, user } from '../../../test/support/builders.ts'
import { type Ground, isClientValid, lostGround } from './standing.ts'

const grant = { authTime: inSeconds(-1000), offline: false }
const sound = { user: user(), session: session() }

test('a grant stands on its user and its session', () => {
  expect(lostGround(grant, sound, now)).toBeUndefined()
})

test.each<[keyof Ground, Partial<Ground>]>([
  ['user', { user: undefined }],
  ['user', { user: user({ active: false }) }],
  ['user', { user: user({}, { validAfter: inSeconds(-999) }) }],
  ['session', { session: undefined }],
  ['session', { session: session({ endedAt: now }) }],
  ['session', { session: session({ expiresAt: now }) }],
])('a grant has lost its %s', (lost, changed) => {
  expect(lostGround(grant, { ...sound, ...changed }, now)).toBe(lost)
})

test('oidc core section 11: offline access stands without a session, never without its user', () => {
  const offline = { ...grant, offline: true }
  expect(lostGround(offline, { user: user(), session: undefined }, now)).toBeUndefined()
  expect(lostGround(offline, { user: undefined, session: undefined }, now)).toBe('user')
})

/**
 * Whoever loses a secret replaces it, and ends what was issued with it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.3.6
 */
test('what was issued before the validAfter of a client is over, from that second on it is not', () => {
  const changed = client({ validAfter: inSeconds(-10) })
  expect(isClientValid(changed, inSeconds(-11))).toBe(false)
  expect(isClientValid(changed, inSeconds(-10))).toBe(true)
})
