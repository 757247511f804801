import { describe, expect, test } from 'vitest'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { client, parametersOf, publicClient, tenant } from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { type CodeChallenge, parseCodeChallenge, verifyCodeVerifier } from './code-challenge.ts'

/** RFC 7636 appendix B. */
const appendixB = {
  verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
}

const parse = (fields: Record<string, string>, by: Client = client()) =>
  parseCodeChallenge(parametersOf(fields), { tenant: tenant(), client: by })

const s256 = (challenge: string) => ({ code_challenge: challenge, code_challenge_method: 'S256' })

describe('the authorization request', () => {
  test('rfc7636 section 4.3: a challenge of S256 is kept', () => {
    expect(parse(s256(appendixB.challenge))).toBe(appendixB.challenge)
  })

  test('rfc9700 section 2.1.1: a public client must send a challenge', () => {
    expect(thrownBy(() => parse({}, publicClient()))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/pkce/required',
    })
    expect(parse(s256(appendixB.challenge), publicClient())).toBe(appendixB.challenge)
  })

  test('rfc8252 section 8.1 and 8.5: so must a native app, whatever secret its copies hold', () => {
    const native = client({
      applicationType: 'native',
      tokenEndpointAuthMethod: 'client_secret_basic',
    })
    expect(thrownBy(() => parse({}, native))).toMatchObject({ rule: 'oauth/pkce/required' })
  })

  test('a confidential client may do without', () => {
    expect(parse({})).toBeUndefined()
  })

  test.each([undefined, 'plain', 's256', 'S512', 'S256 '])(
    'rfc7636 section 4.4.1 and 7.2: the method %s is not offered, absence means plain',
    (method) => {
      const fields = { code_challenge: appendixB.challenge }
      const sent = method === undefined ? fields : { ...fields, code_challenge_method: method }
      expect(thrownBy(() => parse(sent))).toMatchObject({
        code: 'invalid_request',
        rule: 'oauth/pkce/method',
      })
    },
  )

  test('a method without a challenge is not ignored: something was lost on the way', () => {
    expect(thrownBy(() => parse({ code_challenge_method: 'S256' }))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/pkce/challenge-missing',
    })
  })

  test.each([
    ['too short', appendixB.challenge.slice(1)],
    ['too long', `${appendixB.challenge}A`],
    ['padded', `${appendixB.challenge}=`],
    ['in the other alphabet', appendixB.challenge.replace('-', '+')],
    ['followed by a line feed', `${appendixB.challenge.slice(1)}\n`],
  ])('rfc7636 section 4.2: a challenge that is %s is malformed', (_, challenge) => {
    expect(thrownBy(() => parse(s256(challenge)))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/pkce/challenge-shape',
    })
  })
})

describe('the token request', () => {
  const challenge = parse(s256(appendixB.challenge))

  const expectRefusal = (
    presented: string | undefined,
    expected: CodeChallenge | undefined,
    rule: string,
  ) =>
    expect(thrownBy(() => verifyCodeVerifier(presented, expected))).toMatchObject({
      code: 'invalid_grant',
      status: 400,
      rule: `oauth/pkce/${rule}`,
    })

  test('rfc7636 appendix B: the example verifies', () => {
    verifyCodeVerifier(appendixB.verifier, challenge)
  })

  test.each([
    appendixB.challenge,
    appendixB.verifier.toLowerCase(),
    `${appendixB.verifier.slice(0, -1)}l`,
    '',
    'short',
  ])('rfc7636 section 4.6: any other verifier is invalid_grant: %s', (presented) => {
    expectRefusal(presented, challenge, 'verifier-mismatch')
  })

  test('rfc7636 section 4.5: the verifier is required where there was a challenge', () => {
    expectRefusal(undefined, challenge, 'verifier-missing')
  })

  test('rfc9700 section 2.1.1 and 4.8.2: a verifier without a challenge is a downgrade', () => {
    expectRefusal(appendixB.verifier, undefined, 'not-requested')
  })

  test('without either there is nothing to verify', () => {
    verifyCodeVerifier(undefined, undefined)
  })

  test.each([
    ['42 characters', 'a'.repeat(42)],
    ['129 characters', 'a'.repeat(129)],
    ['44 characters, one of them a space', `${'a'.repeat(43)} `],
  ])(
    'rfc7636 section 4.1 and 7.1: a verifier of %s is none, though its hash be right',
    (_, text) => {
      expectRefusal(text, parse(s256(sha256Base64url(text))), 'verifier-mismatch')
    },
  )
})
