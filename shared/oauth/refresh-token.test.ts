import { describe, expect, test } from 'vitest'
import { type Generation, trusted } from '#shared/kernel/ids.ts'
import {
  client,
  clientId,
  family,
  familyId,
  inSeconds,
  now,
  otherClientId,
  userId,
} from '../../test/support/builders.ts'
import { thrownBy } from '../../test/support/refusals.ts'
import { isReplayed, successor, verifyFamilyUsable } from './refresh-token.ts'

const generation = (value: number) => trusted<Generation>(value)

const token = (of: number) => ({
  user: userId,
  family: familyId,
  client: clientId,
  generation: generation(of),
})

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

test('rfc9700 section 4.14.2: every token but the newest is a replay', () => {
  const rotated = family({ generation: generation(3) })
  expect([0, 1, 2, 3, 4].map((of) => isReplayed(token(of), rotated))).toEqual([
    true,
    true,
    true,
    false,
    true,
  ])
})

test('the successor differs in its generation alone', () => {
  expect(successor(token(3))).toEqual(token(4))
})
