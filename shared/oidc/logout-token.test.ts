import { expect, test } from 'vitest'
import { clientId, inSeconds, now, sid, tenant, userId } from '../../test/support/builders.ts'
import { logoutTokenClaims } from './logout-token.ts'

const claims = logoutTokenClaims({
  issuer: tenant().issuer,
  subject: userId,
  client: clientId,
  sid,
  jti: 'jti-1',
  issuedAt: now,
})

test('back-channel logout section 2.4: iss, sub, aud, iat, exp, jti, sid and the event', () => {
  expect(claims).toStrictEqual({
    iss: tenant().issuer,
    sub: userId,
    aud: clientId,
    iat: now,
    exp: inSeconds(120),
    jti: 'jti-1',
    sid,
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  })
})

test('back-channel logout section 2.4: a nonce must not be present', () => {
  expect(claims).not.toHaveProperty('nonce')
})

test('back-channel logout section 4: it expires at most two minutes in the future', () => {
  expect(claims.exp - claims.iat).toBeLessThanOrEqual(120)
})
