import { describe, expect, test } from 'vitest'
import {
  authorizationCode,
  callback,
  client,
  inSeconds,
  now,
  otherClientId,
  tenant,
} from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { type CodeChallenge, parseCodeChallenge } from '../authorization/code-challenge.ts'
import {
  authorizationCodeLifetime,
  isCodeExpired,
  verifyCodeBinding,
  verifyCodeKey,
} from './authorization-code.ts'

const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const challenge: CodeChallenge | undefined = parseCodeChallenge(
  new Map([
    ['code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
    ['code_challenge_method', 'S256'],
  ]),
  { tenant: tenant(), client: client() },
)
const withChallenge = authorizationCode(challenge === undefined ? {} : { challenge })

/**
 * To the client and to the address that it was sent to.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.4.4
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.4.5
 */
describe('rfc6749 section 4.1.3: the code is bound', () => {
  test('to the client that it was issued to', () => {
    const foreign = authorizationCode({ client: otherClientId })
    const refusal = thrownBy(() => verifyCodeBinding(foreign, client(), { redirectUri: callback }))
    expect(refusal).toMatchObject({ code: 'invalid_grant', rule: 'oauth/code/other-client' })
  })

  test.each([
    undefined,
    '',
    'https://app.example/other',
    `${callback}/`,
    `${callback}?a=b`,
    callback.toUpperCase(),
  ])('to the identical redirect_uri, not to %s', (redirectUri) => {
    const verify = () => verifyCodeBinding(authorizationCode(), client(), { redirectUri })
    expect(thrownBy(verify)).toMatchObject({
      code: 'invalid_grant',
      rule: 'oauth/code/redirect-uri',
    })
  })

  test('and passes with all that belongs to it', () => {
    verifyCodeBinding(authorizationCode(), client(), { redirectUri: callback })
    verifyCodeBinding(withChallenge, client(), { redirectUri: callback, codeVerifier: verifier })
  })
})

test.each([undefined, verifier.replace('d', 'e'), challenge])(
  'rfc7636 section 4.6: the code is bound to its proof key, which %s is not',
  (codeVerifier) => {
    const presented = { redirectUri: callback, codeVerifier }
    const refusal = thrownBy(() => verifyCodeBinding(withChallenge, client(), presented))
    expect(refusal).toMatchObject({ code: 'invalid_grant' })
  },
)

test('rfc6749 section 4.1.2: a code lives ten minutes at the most', () => {
  expect(authorizationCodeLifetime).toBeLessThanOrEqual(600)
})

test('rfc6749 section 4.1.2: a code is expired from the second of its end on', () => {
  expect(isCodeExpired(authorizationCode({ expiresAt: inSeconds(1) }), now)).toBe(false)
  expect(isCodeExpired(authorizationCode({ expiresAt: now }), now)).toBe(true)
})

describe('rfc9449 section 10: a code that is bound to a key', () => {
  const bound = authorizationCode({ dpopJkt: 'a' })

  test('is redeemed with a proof of that key', () => {
    verifyCodeKey(bound, { jkt: 'a' })
  })

  test.each([undefined, { jkt: 'b' }, { 'x5t#S256': 'a' }])('not with %j', (presented) => {
    expect(thrownBy(() => verifyCodeKey(bound, presented))).toMatchObject({
      code: 'invalid_grant',
      rule: 'oauth/code/other-key',
    })
  })

  test('any other code takes any key', () => {
    verifyCodeKey(authorizationCode(), { jkt: 'b' })
    verifyCodeKey(authorizationCode(), undefined)
  })
})
