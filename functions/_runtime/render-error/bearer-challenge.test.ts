import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  insufficientScope,
  invalidDpopProof,
  invalidToken,
  missingToken,
} from '#shared/oauth/errors.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { tenant } from '../../../test/support/builders.ts'
import { httpEvent } from '../../../test/support/http-events.ts'
import { readRequest } from '../http-request.ts'
import { refusalOf } from '../refusal.ts'
import { bearerChallenge } from './bearer-challenge.ts'

const render = (error: unknown, authorization = 'Bearer a') => {
  const request = readRequest(httpEvent({ headers: { authorization } }))
  return bearerChallenge(refusalOf(error), { request, tenant: tenant() })
}
const challengeOf = (error: unknown, authorization?: string) =>
  render(error, authorization).headers['www-authenticate']

const metadata =
  'resource_metadata="https://id.example/.well-known/oauth-protected-resource/acme/oauth2/userinfo"'
const algs = `${metadata}, algs="ES256 EdDSA PS256 RS256"`

test('rfc6750 section 3: without a token the challenge tells no error, but at least one parameter', () => {
  const error = missingToken('oauth/bearer/missing', 'an access token is required')
  expect(render(error)).toMatchObject({ status: 401, body: '' })
  expect(challengeOf(error)).toBe(
    `Bearer realm="sallyport", ${metadata}, DPoP realm="sallyport", ${algs}`,
  )
})

describe('rfc6750 section 3.1: the error of a token', () => {
  test('invalid_token is 401, and told in the challenge and in the body', () => {
    const error = invalidToken('oidc/userinfo/expired', 'the access token has expired')
    const { status, body = '' } = render(error)
    expect(status).toBe(401)
    expect(challengeOf(error)).toBe(
      `Bearer realm="sallyport", error="invalid_token", error_description="the access token has expired", ${metadata}, DPoP realm="sallyport", ${algs}`,
    )
    expect(JSON.parse(body)).toEqual({
      error: 'invalid_token',
      error_description: 'the access token has expired',
    })
  })

  test('insufficient_scope is 403', () => {
    const error = insufficientScope('oidc/userinfo/scope', 'the scope is missing')
    expect(render(error).status).toBe(403)
    expect(challengeOf(error)).toContain('error="insufficient_scope"')
  })
})

describe('rfc9449 section 7.1: the error of a token that is bound to a proof', () => {
  test('is told under its own scheme, with the algorithms that proofs may have', () => {
    const error = invalidToken('oauth/sender/scheme', 'the access token is not of this type')
    expect(challengeOf(error, 'DPoP a')).toBe(
      `Bearer realm="sallyport", ${metadata}, DPoP realm="sallyport", error="invalid_token", error_description="the access token is not of this type", ${algs}`,
    )
  })

  test('invalid_dpop_proof is 401', () => {
    const { status, body = '' } = render(
      invalidDpopProof('oauth/dpop/shape', 'malformed'),
      'DPoP a',
    )
    expect(status).toBe(401)
    expect(JSON.parse(body)).toMatchObject({ error: 'invalid_dpop_proof' })
  })
})

test('a failure of ours challenges nobody, and tells nothing', () => {
  const { status, headers, body } = render(new Error('secret detail'))
  expect(status).toBe(500)
  expect(headers).not.toHaveProperty('www-authenticate')
  expect(body).not.toContain('secret')
})

test('a busy store may be asked again', () => {
  const { status, headers } = render(new StoreUnavailable('no', undefined))
  expect([status, headers['retry-after']]).toEqual([503, '1'])
})

test('rfc6750 section 3: no description breaks out of its quoted string', () => {
  const characters = fc.stringMatching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  fc.assert(
    fc.property(characters, (description) => {
      const challenge = challengeOf(invalidToken('some/rule', description)) ?? ''
      expect(challenge.match(/"/g)).toHaveLength(14)
    }),
  )
})
