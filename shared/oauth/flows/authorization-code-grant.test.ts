import { beforeEach, describe, expect, test } from 'vitest'
import { type FamilyId, type SessionId, type TenantId, trusted } from '#shared/kernel/ids.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import {
  authorizationCode,
  callback,
  client,
  clientId,
  family,
  grantContext,
  inSeconds,
  now,
  otherClientId,
  session,
  sid,
  tenant,
  user,
  userId,
} from '../../../test/support/builders.ts'
import { claimsOf } from '../../../test/support/fake-ports.ts'
import { tokenWorld } from '../../../test/support/token-world.ts'
import type { AuthorizationCode } from '../token/authorization-code.ts'
import { type CodeGrantPorts, redeemAuthorizationCode } from './authorization-code-grant.ts'

let here = tokenWorld()
beforeEach(() => {
  here = tokenWorld()
})

const request = (code: string, redirectUri: string = callback) =>
  ({
    grantType: 'authorization_code',
    client: { method: 'none', id: clientId },
    address: '203.0.113.9',
    code,
    redirectUri,
    codeVerifier: undefined,
  }) as const

const redeemSealed = (code: string, ports: CodeGrantPorts = here.ports, by = client()) =>
  redeemAuthorizationCode(ports)(grantContext({ client: by }), request(code))

const redeem = async (more: Partial<AuthorizationCode> = {}, by = client()) =>
  redeemSealed(await here.sealedCode(more), here.ports, by)

describe('a code that was too long', () => {
  const authorizationDetails = [{ type: 'payment', amount: 1 }]
  const kept = { tenant: tenant().id, jti: authorizationCode().jti, expiresAt: inSeconds(50) }

  test('rfc9396 section 7: is redeemed with what was kept of it', async () => {
    here.kept.longCodes.push({ ...kept, authorizationDetails, nonce: 'n' })
    const response = await redeem({ isLong: true })
    expect(response).toMatchObject({ authorization_details: authorizationDetails })
    expect(claimsOf(response.id_token)).toMatchObject({ nonce: 'n' })
  })

  test('and not without', async () => {
    await expect(redeem({ isLong: true })).rejects.toMatchObject(refusal('oauth/code/incomplete'))
  })

  test('rfc6749 section 10.5: a late second use counts although nothing is kept any more', async () => {
    here.kept.longCodes.push({ ...kept, authorizationDetails })
    await redeem({ isLong: true })
    here.kept.longCodes = []
    const late = redeem({ isLong: true, expiresAt: now })
    await expect(late).rejects.toMatchObject(refusal('oauth/code/expired'))
    expect(here.kept.families[0]).toHaveProperty('revokedAt', now)
  })
})

const refusal = (rule: string) => ({ code: 'invalid_grant', status: 400, rule })

describe('what a code gives', () => {
  test('rfc6749 section 5.1: an access token, its type, its lifetime and its scope', async () => {
    expect(await redeem()).toMatchObject({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'openid profile',
    })
  })

  test('rfc9068 section 2.2: the access token speaks for the user, to this issuer', async () => {
    const { access_token: token } = await redeem()
    expect(token).toMatch(/^at\+jwt\./)
    expect(claimsOf(token)).toMatchObject({
      iss: tenant().issuer,
      aud: tenant().issuer,
      sub: userId,
      client_id: clientId,
      iat: now,
      exp: inSeconds(300),
      auth_time: inSeconds(-1000),
      scope: 'openid profile',
    })
  })

  test('oidc core section 3.1.3.3: an ID token with the nonce of the request', async () => {
    const { id_token: token } = await redeem({ nonce: 'n-0S6_WzA2Mj' })
    expect(token).toMatch(/^JWT\./)
    expect(claimsOf(token)).toMatchObject({ aud: clientId, nonce: 'n-0S6_WzA2Mj', sid })
  })

  test('oidc core section 3.1.2.1: without openid there is no ID token', async () => {
    expect(await redeem({ scopes: ['profile'] })).not.toHaveProperty('id_token')
  })

  test('a refresh token is for clients that may use it', async () => {
    expect(await redeem()).toHaveProperty('refresh_token')
    const without = client({ grantTypes: ['authorization_code'] })
    const code = await here.sealedCode({ jti: trusted<FamilyId>('another') })
    expect(await redeemSealed(code, here.ports, without)).not.toHaveProperty('refresh_token')
  })

  test('the redemption is audited in the item that it writes', async () => {
    await redeem()
    expect(here.kept.families).toMatchObject([
      { id: 'f'.repeat(22), generation: 0, offline: false },
    ])
    expect(here.kept.events).toMatchObject([
      { activity: 'code-redeemed', user: userId, client: clientId, address: '203.0.113.9' },
    ])
  })

  test('a family with offline_access outlives its session, unless its client cannot refresh', async () => {
    await redeem({ scopes: ['openid', 'offline_access'] })
    expect(here.kept.families).toMatchObject([{ offline: true }])
    here = tokenWorld()
    const without = client({ grantTypes: ['authorization_code'] })
    await redeem({ scopes: ['openid', 'offline_access'] }, without)
    expect(here.kept.families).toMatchObject([{ offline: false }])
  })

  test('rfc6749 section 3.3: a scope that the client has lost meanwhile is not granted any more', async () => {
    const narrowed = client({ scopes: ['openid'] })
    expect(await redeem({ scopes: ['openid', 'profile'] }, narrowed)).toHaveProperty(
      'scope',
      'openid',
    )
    expect(here.kept.families).toMatchObject([{ scopes: ['openid'] }])
  })

  test('the marker of the code lives as long as the code and all that came of it', async () => {
    await redeem()
    expect(here.kept.families).toMatchObject([{ expiresAt: inSeconds(86_400) }])
    here = tokenWorld()
    const without = client({ grantTypes: ['authorization_code'] })
    await redeem({}, without)
    expect(here.kept.families).toMatchObject([{ expiresAt: inSeconds(28_800) }])
    here = tokenWorld()
    await redeem({ expiresAt: inSeconds(30_000) }, without)
    expect(here.kept.families).toMatchObject([{ expiresAt: inSeconds(30_010) }])
  })
})

describe('rfc6749 section 4.1.2: a code must not be used more than once', () => {
  test('rfc6749 section 10.5: the second use is refused, and revokes what the first one gave', async () => {
    const code = await here.sealedCode()
    await redeemSealed(code)
    await expect(redeemSealed(code)).rejects.toMatchObject(refusal('oauth/code/replayed'))
    expect(here.kept.families).toMatchObject([{ revokedAt: now }])
    expect(here.kept.events.map(({ activity }) => activity)).toEqual([
      'code-redeemed',
      'code-replayed',
    ])
  })

  test.each([
    ['the code has expired', 'oauth/code/expired', {}, { expiresAt: now }],
    [
      'the session has ended',
      'oauth/grantee/session',
      { sessions: [session({ endedAt: now })] },
      {},
    ],
    ['the user is disabled', 'oauth/grantee/user', { users: [user({ active: false })] }, {}],
  ])('so does a second use when %s meanwhile', async (_, rule, changed, late) => {
    await redeem({ scopes: ['openid', 'offline_access'] })
    Object.assign(here.kept, changed)
    await expect(redeem(late)).rejects.toMatchObject(refusal(rule))
    expect(here.kept.families).toMatchObject([{ revokedAt: now }])
  })

  test.each([
    ['by another client', { client: otherClientId }, 'oauth/code/other-client'],
    ['with another redirect_uri', { redirectUriHash: 'x' }, 'oauth/code/redirect-uri'],
  ])('who could not have redeemed it cannot revoke it either: %s', async (_, more, rule) => {
    await redeem()
    await expect(redeem(more)).rejects.toMatchObject(refusal(rule))
    expect(here.kept.families[0]).not.toHaveProperty('revokedAt')
  })
})

describe('a code is refused, and nothing is written', () => {
  test.each([
    ['when it has expired', { expiresAt: now }, 'oauth/code/expired'],
    ['when it is of another client', { client: otherClientId }, 'oauth/code/other-client'],
    ['when its session is gone', { sid: trusted<SessionId>('x') }, 'oauth/grantee/session'],
  ])('%s', async (_, more, rule) => {
    await expect(redeem(more)).rejects.toMatchObject(refusal(rule))
    expect(here.kept.families).toEqual([])
    expect(here.kept.events).toEqual([])
  })

  test.each(['', 'x', 'eu-central-1.', 'eu-central-1.bnVsbA', 'us-east-1.bnVsbA'])(
    'when it is not one of ours: %s',
    async (code) => {
      await expect(redeemSealed(code)).rejects.toMatchObject(refusal('oauth/code/unknown'))
    },
  )

  test('when it is of another tenant', async () => {
    const code = await here.sealedCode()
    const other = tenant({ id: trusted<TenantId>('other') })
    const attempt = redeemAuthorizationCode(here.ports)(
      grantContext({ tenant: other }),
      request(code),
    )
    await expect(attempt).rejects.toMatchObject(refusal('oauth/code/unknown'))
  })

  test('when it is something else that we have sealed', async () => {
    const sealed = await here.ports.sealer.seal('interaction', tenant().id, { v: 1 })
    const attempt = redeemSealed(`eu-central-1.${sealed}`)
    await expect(attempt).rejects.toMatchObject(refusal('oauth/code/unknown'))
  })
})

test('a signer that fails does not burn the code: everything is signed before anything is written', async () => {
  const failure = new StoreUnavailable('no', new Error('throttled'))
  const failing = { ...here.ports, signer: { sign: () => Promise.reject(failure) } }
  const code = await here.sealedCode()
  await expect(redeemSealed(code, failing)).rejects.toBe(failure)
  expect(here.kept.families).toEqual([])
  expect(await redeemSealed(code)).toHaveProperty('access_token')
})

test('a store that fails to answer revokes nothing', async () => {
  const code = await here.sealedCode()
  await redeemSealed(code)
  const failure = new StoreUnavailable('no', new Error('throttled'))
  const users = { ...here.ports.users, find: () => Promise.reject(failure) }
  await expect(redeemSealed(code, { ...here.ports, users })).rejects.toBe(failure)
  expect(here.kept.families[0]).not.toHaveProperty('revokedAt')
})

test('rfc6749 section 10.5: a second use revokes what was handed out beside the code as well', async () => {
  const beside = trusted<FamilyId>('b'.repeat(22))
  here.kept.families = [family({ id: beside })]
  const code = await here.sealedCode({ beside })
  await redeemSealed(code)
  expect(here.kept.families.map(({ revokedAt }) => revokedAt)).toEqual([undefined, undefined])
  await expect(redeemSealed(code)).rejects.toMatchObject(refusal('oauth/code/replayed'))
  expect(here.kept.families.map(({ revokedAt }) => revokedAt)).toEqual([now, now])
})
