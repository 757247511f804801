import { describe, expect, test } from 'vitest'
import { client, inSeconds, now, tenant } from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { clockSkew } from '../client/clock-skew.ts'
import {
  assertionAlgorithms,
  assertionAlgorithmsOf,
  verifyAssertionClaims,
} from './client-assertion.ts'

const { issuer } = tenant()
const mtlsOrigin = 'https://mtls.id.example'
const server = { tenant: tenant(), mtlsOrigin }
const tokenEndpoint = `${issuer}/oauth2/token`

const claims = {
  iss: 'web',
  sub: 'web',
  aud: issuer,
  jti: 'id-1',
  iat: now,
  exp: inSeconds(60),
} as const

const verify = (presented: Readonly<Record<string, unknown>> | undefined) =>
  verifyAssertionClaims(presented, server, client(), now)

const expectRefusal = (presented: Readonly<Record<string, unknown>> | undefined, rule: string) =>
  expect(thrownBy(() => verify(presented))).toMatchObject({
    code: 'invalid_client',
    status: 401,
    rule: `oauth/client/assertion-${rule}`,
    message: 'client authentication failed',
  })

test('an assertion in which everything holds can be used once, until it expires', () => {
  expect(verify(claims)).toEqual({ jti: 'id-1', expiresAt: inSeconds(60) })
})

test('rfc7523 section 3 and 3.2: an assertion whose signature does not verify is invalid_client', () => {
  expectRefusal(undefined, 'signature')
})

test('rfc7523 section 5: RS256 is among the algorithms, where no profile forbids it', () => {
  expect(assertionAlgorithms(tenant())).toContain('RS256')
})

describe('rfc7523 section 3: iss and sub must be the client_id', () => {
  describe('rfc7521 section 5.2: what a client says of itself names it as issuer and as subject', () => {
    test.each([
      { iss: 'other' },
      { sub: 'other' },
      { iss: undefined },
      { sub: undefined },
      { iss: ['web'] },
      { iss: 'WEB', sub: 'WEB' },
    ])('%j', (changed) => {
      expectRefusal({ ...claims, ...changed }, 'issuer')
    })
  })
})

describe('rfc8725 section 3.9: an assertion for others is none for us', () => {
  test('rfc7521 section 5.1: audiences are compared character by character', () => {
    for (const aud of [`${issuer}/`, issuer.toUpperCase(), issuer.replace('id', 'i%64')]) {
      expectRefusal({ ...claims, aud }, 'audience')
    }
  })
})

describe('rfc7523 section 3: aud must name this authorization server', () => {
  test.each([
    issuer,
    tokenEndpoint,
    `${issuer}/oauth2/par`,
    `${issuer}/oauth2/bc-authorize`,
    `${mtlsOrigin}/acme/oauth2/token`,
    [issuer],
  ])('%j does', (aud) => {
    expect(verify({ ...claims, aud })).toMatchObject({ jti: 'id-1' })
  })

  test.each([
    ['https://elsewhere.example', tokenEndpoint],
    [issuer, 'https://elsewhere.example'],
    [issuer, tokenEndpoint],
    undefined,
    '',
    [],
    'https://id.example/other',
    `${issuer}/`,
    'https://id.example',
    `${issuer}/oauth2/authorize`,
    { issuer },
  ])('%j does not', (aud) => {
    expectRefusal({ ...claims, aud }, 'audience')
  })
})

test('rfc7519 section 4.1.5: before nbf an assertion must not be accepted', () => {
  expectRefusal({ ...claims, nbf: inSeconds(clockSkew + 1) }, 'not-yet')
})

describe('rfc7523 section 3: exp must be there and in the future', () => {
  test.each([undefined, null, '1900000000', Number.NaN, Number.POSITIVE_INFINITY])(
    '%j is no time',
    (exp) => {
      expectRefusal({ ...claims, exp }, 'expiry')
    },
  )

  test('the second of exp itself is too late', () => {
    expectRefusal({ ...claims, exp: now }, 'expiry')
    expect(verify({ ...claims, exp: inSeconds(1) })).toBeDefined()
  })

  test('rfc7519 section 4.1.4: exp may have a fraction, and the marker outlives it', () => {
    expect(verify({ ...claims, exp: now + 0.5 })).toEqual({ jti: 'id-1', expiresAt: inSeconds(1) })
  })

  test('an exp unreasonably far in the future is refused', () => {
    expect(verify({ ...claims, exp: inSeconds(3600) })).toBeDefined()
    expectRefusal({ ...claims, exp: inSeconds(3601) }, 'expiry')
  })
})

describe('rfc7523 section 3: before nbf, and before it was issued, an assertion is refused', () => {
  test.each(['nbf', 'iat'])('%s beyond the skew of the clocks', (name) => {
    expect(verify({ ...claims, [name]: inSeconds(clockSkew) })).toBeDefined()
    expectRefusal({ ...claims, [name]: inSeconds(clockSkew + 1) }, 'not-yet')
    expectRefusal({ ...claims, [name]: 'soon' }, 'not-yet')
  })

  test('neither is required', () => {
    const { iat: _, ...without } = claims
    expect(verify(without)).toBeDefined()
  })
})

test.each([undefined, '', 7, 'x'.repeat(257)])(
  'oidc core section 9: jti is required, and %j is none',
  (jti) => {
    expectRefusal({ ...claims, jti }, 'jti')
  },
)

test('rfc8725 section 3.1: neither none nor a symmetric algorithm can sign an assertion', () => {
  expect(
    assertionAlgorithms(tenant()).filter(
      (name) => !/^(RS|PS|ES)256$|^EdDSA$|^ML-DSA-44$/.test(name),
    ),
  ).toEqual([])
})

describe('fapi 2.0 section 5.3.2.1: the audience is the issuer, as a single string', () => {
  const strict = tenant({ settings: { ...tenant().settings, profile: 'fapi2' } })
  const strictServer = { tenant: strict, mtlsOrigin }

  test('the issuer is taken', () => {
    expect(verifyAssertionClaims(claims, strictServer, client(), now)).toMatchObject({
      jti: 'id-1',
    })
  })

  test.each([[[issuer]], tokenEndpoint, `${issuer}/oauth2/par`])('%j is not', (aud) => {
    const presented = { ...claims, aud }
    expect(
      thrownBy(() => verifyAssertionClaims(presented, strictServer, client(), now)),
    ).toMatchObject({
      rule: 'oauth/client/assertion-audience',
    })
  })

  test('fapi 2.0 section 5.4.1: RS256 is not accepted', () => {
    expect(assertionAlgorithms(strict)).toEqual(['PS256', 'ES256', 'EdDSA'])
  })

  test('fapi1 advanced section 8.6: PS256 and ES256 alone are', () => {
    const at = tenant({ settings: { ...tenant().settings, profile: 'fapi1-advanced' } })
    expect(assertionAlgorithms(at)).toEqual(['PS256', 'ES256'])
  })
})

test('openid connect registration section 2: token_endpoint_auth_signing_alg is the one that is taken', () => {
  const registered = client({ tokenEndpointAuthSigningAlg: 'ES256' })
  expect(assertionAlgorithmsOf(tenant(), registered)).toEqual(['ES256'])
  expect(assertionAlgorithmsOf(tenant(), client())).toEqual(assertionAlgorithms(tenant()))
  const none = client({ tokenEndpointAuthSigningAlg: 'HS256' })
  expect(assertionAlgorithmsOf(tenant(), none)).toEqual([])
})
