import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { inSeconds, now } from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { type ProofTarget, verifyDpopClaims } from './dpop-claims.ts'

const htu = 'https://id.example/acme/oauth2/token'
const target: ProofTarget = {
  method: 'POST',
  urls: [htu, 'https://mtls.example/acme/oauth2/token'],
}
const claims = { jti: 'j', htm: 'POST', htu, iat: now }

const verify = (more: Record<string, unknown> = {}, hasNonce = false, at = target) =>
  verifyDpopClaims({ ...claims, ...more }, at, hasNonce, now)

const refusal = (rule: string) => ({
  code: 'invalid_dpop_proof',
  status: 400,
  rule: `oauth/dpop/${rule}`,
})

test('rfc9449 section 4.3: a proof for this request', () => {
  expect(verify()).toBe('j')
  expect(verify({ htu: target.urls[1] })).toBe('j')
})

test('rfc9449 section 4.3: one whose signature does not verify is refused', () => {
  const unverified = () => verifyDpopClaims(undefined, target, false, now)
  expect(thrownBy(unverified)).toMatchObject(refusal('signature'))
})

describe('rfc9449 section 4.3: all required claims are there', () => {
  test.each([
    ['jti', 'jti', [undefined, '', 1, 'x'.repeat(257)]],
    ['method', 'htm', [undefined, '', 'post', 'GET', 1]],
    ['target', 'htu', [undefined, '', 1, 'https://id.example/globex/oauth2/token']],
    ['time', 'iat', [undefined, '1', Number.NaN, Number.POSITIVE_INFINITY]],
  ])('%s', (rule, claim, values) => {
    for (const value of values) {
      expect(thrownBy(() => verify({ [claim]: value }))).toMatchObject(refusal(rule))
    }
  })
})

describe('rfc9449 section 11.1 and 11.2: a proof is accepted for a short time, and not before', () => {
  test.each([-60, -10, 10])('a clock that is %i seconds off', (seconds) => {
    expect(verify({ iat: inSeconds(seconds) })).toBe('j')
  })

  test.each([-3600, -61, 11, 3600])('not %i seconds', (seconds) => {
    expect(thrownBy(() => verify({ iat: inSeconds(seconds) }))).toMatchObject(refusal('time'))
  })
})

test('rfc9449 section 4.3: a nonce tells the time instead, within minutes', () => {
  expect(verify({ iat: inSeconds(-300) }, true)).toBe('j')
  expect(verify({ iat: inSeconds(300) }, true)).toBe('j')
  for (const seconds of [-301, 301]) {
    expect(thrownBy(() => verify({ iat: inSeconds(seconds) }, true))).toMatchObject(refusal('time'))
  }
})

describe('rfc9449 section 4.3: with an access token', () => {
  const bound = { ...target, accessToken: 'a.b.c' }

  test('ath is its hash', () => {
    expect(verify({ ath: sha256Base64url('a.b.c') }, false, bound)).toBe('j')
  })

  test.each([undefined, '', 'a.b.c', sha256Base64url('a.b.d')])('not %j', (ath) => {
    expect(thrownBy(() => verify({ ath }, false, bound))).toMatchObject(refusal('token-hash'))
  })

  test.each(['sha1', 'sha512'])('rfc9449 section 11.10: nor by %s', (hash) => {
    const ath = createHash(hash).update('a.b.c').digest('base64url')
    expect(thrownBy(() => verify({ ath }, false, bound))).toMatchObject(refusal('token-hash'))
  })
})
