import { describe, expect, test } from 'vitest'
import { Secret } from '#shared/kernel/secret.ts'
import { systemRandom } from '#shared/node/random.ts'
import { client, now } from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { registrationTokenHash, verifyRegistrationToken } from './registration-token.ts'

const token = new Secret('x'.repeat(43))
const registered = client({
  dynamicRegistration: { tokenHash: registrationTokenHash(token), issuedAt: now },
})

test('rfc7592 section 2.1: the token of a registration opens it', () => {
  expect(verifyRegistrationToken(registered, token)).toEqual(registered)
})

describe('rfc7592 section 2 and 5: every other request is one with a token that is not valid', () => {
  const stored = registered.dynamicRegistration?.tokenHash ?? ''

  test.each([
    ['the token of another', registered, new Secret('y'.repeat(43))],
    ['nothing', registered, new Secret('')],
    ['what is stored of the token', registered, new Secret(stored)],
    ['a token that has outlived its client', undefined, token],
    ['a token for a client of the operator', client(), token],
    ['nothing, for a client of the operator', client(), new Secret('')],
  ])('%s', (_, found, presented) => {
    expect(thrownBy(() => verifyRegistrationToken(found, presented))).toMatchObject({
      code: 'invalid_token',
      status: 401,
      rule: 'oauth/registration/token',
    })
  })
})

test('rfc7592 section 5: nobody guesses a token, and nobody reads one from the table', () => {
  const drawn = systemRandom.token()
  expect(Buffer.from(drawn, 'base64url')).toHaveLength(32)
  expect(registrationTokenHash(new Secret(drawn))).not.toContain(drawn)
})
