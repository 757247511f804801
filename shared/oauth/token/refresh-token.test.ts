import { describe, expect, test } from 'vitest'
import { type Generation, trusted } from '#shared/kernel/ids.ts'
import { seconds } from '#shared/kernel/time.ts'
import {
  client,
  clientId,
  family,
  familyId,
  inSeconds,
  now,
  otherClientId,
  publicClient,
  userId,
} from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import type { Confirmation } from '../possession/confirmation.ts'
import {
  isLate,
  isNewest,
  successor,
  verifyFamilyKey,
  verifyFamilyUsable,
} from './refresh-token.ts'

const generation = (value: number) => trusted<Generation>(value)

const token = (of: number) => ({
  user: userId,
  family: familyId,
  client: clientId,
  generation: generation(of),
})

/**
 * A token is of one client, and turns into the next one with each use.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.5.8
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.2.2
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.2.3
 */
describe('rfc6749 section 6: a refresh token is refused', () => {
  test.each([
    ['when it was issued to another client', { client: otherClientId }, 'other-client'],
    ['from the second on in which it expires', { expiresAt: now }, 'expired'],
    ['when its family is revoked', { revokedAt: inSeconds(-1) }, 'revoked'],
  ])('%s', (_, more, rule) => {
    expect(thrownBy(() => verifyFamilyUsable(family(more), client(), now))).toMatchObject({
      code: 'invalid_grant',
      rule: `oauth/refresh/${rule}`,
    })
  })

  test('and passes otherwise', () => {
    verifyFamilyUsable(family({ expiresAt: inSeconds(1) }), client(), now)
  })

  test('rfc9700 section 4.14.2: to another client nothing is told of the family', () => {
    const revoked = family({ client: otherClientId, revokedAt: now, expiresAt: now })
    expect(thrownBy(() => verifyFamilyUsable(revoked, client(), now))).toMatchObject({
      rule: 'oauth/refresh/other-client',
    })
  })
})

test('rfc9700 section 4.14.2: one token of a line is the newest', () => {
  const rotated = family({ generation: generation(3) })
  const tokens = [0, 1, 2, 3, 4].filter((of) => isNewest(token(of), rotated))
  expect(tokens).toEqual([3])
})

describe('rfc9700 section 4.14.2: a token comes late', () => {
  const rotated = family({ generation: generation(3), rotatedAt: inSeconds(-9) })
  const graceful = client({ refreshTokenGrace: seconds(10) })
  const late = (of: number, at = rotated, by = graceful, key?: Confirmation) =>
    isLate(token(of), at, { client: by, now, ...(key && { confirmation: key }) })

  test('when it is the last but one, and its successor has just been made', () => {
    expect([0, 1, 2, 3, 4].filter((of) => late(of))).toEqual([2])
  })

  test('until the grace is over, from that second on it is a replay', () => {
    expect(late(2, { ...rotated, rotatedAt: inSeconds(-10) })).toBe(false)
  })

  test('never for a client that is given no grace', () => {
    expect(late(2, rotated, client())).toBe(false)
    const none = client({ refreshTokenGrace: seconds(0) })
    expect(late(2, { ...rotated, rotatedAt: now }, none)).toBe(false)
  })

  test('never when nobody knows when its successor was made', () => {
    expect(late(2, family({ generation: generation(3) }))).toBe(false)
  })

  test('only from the holder of the key that the line is bound to', () => {
    const bound = { ...rotated, confirmation: { jkt: 'a' } }
    expect(late(2, bound, graceful, { jkt: 'a' })).toBe(true)
    expect(late(2, bound, graceful, { jkt: 'b' })).toBe(false)
    expect(late(2, bound, graceful)).toBe(false)
  })
})

test('the successor differs in its generation alone', () => {
  expect(successor(token(3))).toEqual(token(4))
})

describe('rfc9449 section 5: the key of a refresh token', () => {
  const bound = family({ confirmation: { jkt: 'a' } })
  const refusal = { code: 'invalid_grant', rule: 'oauth/refresh/other-key' }

  test('is that of its first token, for a public client', () => {
    verifyFamilyKey(bound, publicClient(), { confirmation: { jkt: 'a' } })
    for (const presented of [
      {},
      { confirmation: { jkt: 'b' } },
      { confirmation: { 'x5t#S256': 'a' } },
    ]) {
      expect(thrownBy(() => verifyFamilyKey(bound, publicClient(), presented))).toMatchObject(
        refusal,
      )
    }
  })

  test('and for an app whose every copy holds the secret', () => {
    const app = client({ applicationType: 'native' })
    expect(thrownBy(() => verifyFamilyKey(bound, app, {}))).toMatchObject(refusal)
  })

  test('rfc8705 section 4: is its certificate, for a public client that shows one', () => {
    const certified = family({ confirmation: { 'x5t#S256': 'a' } })
    verifyFamilyKey(certified, publicClient(), { confirmation: { 'x5t#S256': 'a' } })
    expect(thrownBy(() => verifyFamilyKey(certified, publicClient(), {}))).toMatchObject(refusal)
  })

  test('may change for a client that authenticates', () => {
    verifyFamilyKey(bound, client(), {})
    verifyFamilyKey(bound, client(), { confirmation: { jkt: 'b' } })
  })

  test('a token without one asks for none', () => {
    verifyFamilyKey(family(), publicClient(), { confirmation: { jkt: 'b' } })
  })
})

test('attestation-based client authentication section 9.3: only its instance refreshes', () => {
  const attested = client({ tokenEndpointAuthMethod: 'attest_jwt_client_auth' })
  verifyFamilyKey(family({ instance: 'i' }), attested, { instance: 'i' })
  for (const presented of [{}, { instance: 'j' }]) {
    expect(
      thrownBy(() => verifyFamilyKey(family({ instance: 'i' }), attested, presented)),
    ).toMatchObject({ code: 'invalid_grant', rule: 'oauth/refresh/other-key' })
  }
})
