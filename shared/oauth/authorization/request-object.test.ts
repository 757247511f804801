import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { client, clientId, inSeconds, now, tenant } from '../../../test/support/builders.ts'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import type { SecurityProfile } from '../../tenant/tenant.ts'
import {
  requestObjectAlgorithms,
  requestOfObject,
  verifyRequestObjectClaims,
  verifyRequestObjectType,
} from './request-object.ts'

const under = (profile: SecurityProfile) => tenant({ settings: { ...tenant().settings, profile } })

const good = { iss: clientId, aud: tenant().issuer, client_id: clientId, scope: 'openid' }

const verify = (claims: object | undefined, by = tenant()) =>
  verifyRequestObjectClaims(claims && { ...claims }, { tenant: by, client: client() }, now)

const refusedAs = (rule: string) => ({
  code: 'invalid_request_object',
  rule: `oauth/request-object/${rule}`,
})

const jwtWith = (header: unknown) =>
  `${Buffer.from(JSON.stringify(header)).toString('base64url')}.e30.c2ln`

describe('rfc9101 section 6.3, 10.3 and 10.7: the claims', () => {
  test('of a good object hold', () => {
    expect(verify(good)).toEqual(good)
    expect(verify({ ...good, aud: ['https://other.example', tenant().issuer] })).toBeDefined()
    expect(verify({ ...good, client_id: undefined })).toBeDefined()
  })

  test.each([
    ['signature', undefined],
    ['issuer', { ...good, iss: 'other' }],
    ['issuer', { ...good, iss: undefined }],
    ['audience', { ...good, aud: 'https://other.example' }],
    ['audience', { ...good, aud: undefined }],
    ['client-id', { ...good, client_id: 'other' }],
    ['nested', { ...good, request: 'a.b.c' }],
    ['nested', { ...good, request_uri: 'https://app.example/r' }],
    ['expired', { ...good, exp: now }],
    ['not-yet', { ...good, nbf: inSeconds(60) }],
    ['not-yet', { ...good, iat: inSeconds(60) }],
    ['time', { ...good, exp: 'tomorrow' }],
    ['time', { ...good, nbf: null }],
  ])('are refused: %s', (rule, claims) => {
    expect(thrownBy(() => verify(claims))).toMatchObject(refusedAs(rule))
  })

  test('rfc9101 section 10.8: a client assertion is no request object', () => {
    expect(thrownBy(() => verify({ ...good, sub: clientId }))).toMatchObject(refusedAs('subject'))
  })
})

describe.each(['fapi2', 'fapi1-advanced'] as const)('%s', (profile) => {
  const times = { nbf: inSeconds(-10), exp: inSeconds(300) }

  test('takes an object that begins and ends within the hour', () => {
    expect(verify({ ...good, ...times }, under(profile))).toBeDefined()
  })

  test.each([
    ['times', { ...times, exp: undefined }],
    ['times', { ...times, nbf: undefined }],
    ['too-long', { ...times, exp: inSeconds(3700) }],
    ['too-long', { nbf: inSeconds(-3700), exp: inSeconds(-50) }],
    ['too-long', { nbf: inSeconds(-3601), exp: inSeconds(1) }],
  ])('refuses another one: %s %j', (rule, claims) => {
    const refuse = () => verify({ ...good, ...claims }, under(profile))
    const isOver = (claims.exp ?? now + 1) <= now
    expect(thrownBy(refuse)).toMatchObject(refusedAs(isOver ? 'expired' : rule))
  })

  test('rfc9101 section 10.1: takes no RS256', () => {
    expect(requestObjectAlgorithms(under(profile), client())).not.toContain('RS256')
  })
})

test('rfc9101 section 10.5: a registered algorithm is the only one', () => {
  const by = client({ requestObject: { signingAlg: 'ES256' } })
  expect(requestObjectAlgorithms(tenant(), by)).toEqual(['ES256'])
  expect(requestObjectAlgorithms(tenant(), client())).not.toContain('none')
})

describe('rfc8725 section 3.11: the type', () => {
  test.each([undefined, 'JWT', 'oauth-authz-req+jwt', 'application/oauth-authz-req+jwt'])(
    '%s is taken',
    (typ) => {
      expect(() => verifyRequestObjectType(jwtWith({ alg: 'ES256', typ }))).not.toThrow()
    },
  )

  test.each(['at+jwt', 'dpop+jwt', 'logout+jwt', 7])('%s is another kind of JWT', (typ) => {
    const refuse = () => verifyRequestObjectType(jwtWith({ alg: 'ES256', typ }))
    expect(thrownBy(refuse)).toMatchObject(refusedAs('type'))
  })

  test.each([
    ['shape', 'x'],
    ['shape', 'bnVsbA.e30.'],
    ['length', 'e30.'.padEnd(20_000, 'x')],
  ])('%s: %s', (rule, presented) => {
    expect(thrownBy(() => verifyRequestObjectType(presented))).toMatchObject(refusedAs(rule))
  })
})

test('rfc9101 section 4: strings, numbers and JSON become parameters, claims of the JWT do not', () => {
  const claims = {
    ...good,
    exp: 1,
    jti: 'j',
    max_age: 60,
    claims: { userinfo: { name: null } },
    resource: ['https://a.example', 'https://b.example'],
  }
  const parameters = new URLSearchParams(requestOfObject(claims, client()))
  expect([...parameters]).toEqual([
    ['client_id', clientId],
    ['scope', 'openid'],
    ['max_age', '60'],
    ['claims', '{"userinfo":{"name":null}}'],
    ['resource', 'https://a.example'],
    ['resource', 'https://b.example'],
  ])
})

test('no object at all makes it throw anything but a refusal', () => {
  fc.assert(
    fc.property(anyText, fc.object(), (text, claims) => {
      parsesOrRefuses(() => verifyRequestObjectType(text))
      parsesOrRefuses(() => verifyRequestObjectType(jwtWith(claims)))
      parsesOrRefuses(() => requestOfObject(verify({ ...good, ...claims }), client()))
    }),
  )
})
