import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Generation, type TenantId, trusted } from '#shared/kernel/ids.ts'
import { seconds } from '#shared/kernel/time.ts'
import {
  client,
  clientId,
  family,
  familyId,
  grantContext,
  inSeconds,
  now,
  otherClientId,
  session,
  tenant,
  user,
  userId,
} from '../../../test/support/builders.ts'
import { claimsOf } from '../../../test/support/fake-ports.ts'
import { tokenWorld } from '../../../test/support/token-world.ts'
import type { RefreshFamily } from '../token/refresh-family.ts'
import { redeemRefreshToken } from './refresh-token-grant.ts'

const generation = (value: number) => trusted<Generation>(value)

let here = tokenWorld({ families: [family()] })
const begin = (more: Partial<RefreshFamily> = {}) => {
  here = tokenWorld({ families: [family(more)] })
}
beforeEach(() => begin())

const tokenOf = (value: number) =>
  here.sealedRefreshToken({
    user: userId,
    family: familyId,
    client: clientId,
    generation: generation(value),
  })

const present = (refreshToken: string, scopes: readonly string[] = [], by = client()) =>
  redeemRefreshToken(here.ports)(grantContext({ client: by }), {
    grantType: 'refresh_token',
    client: { method: 'none', id: clientId },
    address: '203.0.113.9',
    narrowing: { resources: [], authorizationDetails: undefined },
    refreshToken,
    scopes,
  })

const refusal = (rule: string, code = 'invalid_grant') => ({ code, status: 400, rule })

describe('what a refresh token gives', () => {
  test('rfc6749 section 6: new tokens, of the scope that was granted', async () => {
    const answer = await present(await tokenOf(0))
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'openid profile' })
    expect(here.kept.events).toMatchObject([
      { activity: 'token-refreshed', user: userId, client: clientId, address: '203.0.113.9' },
    ])
  })

  test('rfc9700 section 4.14.2: its successor, which works in turn while it does not', async () => {
    const first = await tokenOf(0)
    const { refresh_token: second } = await present(first)
    expect(second).toBe(await tokenOf(1))
    expect(await present(second ?? '')).toHaveProperty('refresh_token', await tokenOf(2))
  })

  test('oidc core section 12.2: an ID token with the old auth_time, a new iat and no nonce', async () => {
    const { id_token: token } = await present(await tokenOf(0))
    expect(claimsOf(token)).toMatchObject({
      iss: tenant().issuer,
      sub: userId,
      aud: clientId,
      auth_time: inSeconds(-1000),
      iat: now,
    })
    expect(claimsOf(token)).not.toHaveProperty('nonce')
  })

  test('rfc6749 section 6: a narrower scope, for the access token alone', async () => {
    const {
      scope,
      refresh_token: next = '',
      ...rest
    } = await present(await tokenOf(0), ['profile'])
    expect(scope).toBe('profile')
    expect(rest).not.toHaveProperty('id_token')
    expect(await present(next)).toHaveProperty('scope', 'openid profile')
  })

  test('an access token that does not outlive its family', async () => {
    begin({ expiresAt: inSeconds(7) })
    const { access_token: token, expires_in: lifetime } = await present(await tokenOf(0))
    expect(lifetime).toBe(7)
    expect(claimsOf(token)).toHaveProperty('exp', inSeconds(7))
  })
})

describe('rfc9700 section 2.2.2 and 4.14.2: a refresh token that was used before', () => {
  test('is refused, and the whole family with it', async () => {
    const first = await tokenOf(0)
    const { refresh_token: second = '' } = await present(first)
    await expect(present(first)).rejects.toMatchObject(refusal('oauth/refresh/replayed'))
    await expect(present(second)).rejects.toMatchObject(refusal('oauth/refresh/revoked'))
    expect(here.kept.events.map(({ activity }) => activity)).toEqual([
      'token-refreshed',
      'refresh-replayed',
    ])
  })

  test('is refused likewise when it loses the race between reading and writing', async () => {
    const rotate = async () => ({ kind: 'replayed', family: family() }) as const
    const refreshFamilies = { ...here.ports.refreshFamilies, rotate }
    Object.assign(here.ports, { refreshFamilies })
    await expect(present(await tokenOf(0))).rejects.toMatchObject(refusal('oauth/refresh/replayed'))
    expect(here.kept.families).toMatchObject([{ revokedAt: now }])
  })

  test('revokes nothing in the hands of another client', async () => {
    begin({ generation: generation(1) })
    const thief = client({ id: otherClientId })
    const attempt = present(await tokenOf(0), [], thief)
    await expect(attempt).rejects.toMatchObject(refusal('oauth/refresh/other-client'))
    expect(here.kept.events).toEqual([])
  })
})

describe('rfc9700 section 4.14.2: a client that is given grace', () => {
  const graceful = client({ refreshTokenGrace: seconds(10) })
  const presentLate = (token: string, by = graceful) => present(token, [], by)

  test('gets the same successor for a token that comes again, and a new access token', async () => {
    const token = await tokenOf(0)
    const first = await presentLate(token)
    const second = await presentLate(token)
    expect(second.refresh_token).toBe(first.refresh_token)
    expect(claimsOf(second.access_token)['jti']).not.toBe(claimsOf(first.access_token)['jti'])
    expect(here.kept.events.map(({ activity }) => activity)).toEqual([
      'token-refreshed',
      'token-refreshed',
    ])
    expect(here.kept.families).toMatchObject([{ generation: 1, rotatedAt: now }])
  })

  test('gets it likewise when two requests meet between reading and writing', async () => {
    const { rotate } = here.ports.refreshFamilies
    let isFirst = true
    const refreshFamilies: typeof here.ports.refreshFamilies = {
      ...here.ports.refreshFamilies,
      async rotate(handle, turn, attempt, event) {
        if (isFirst) await rotate(handle, turn, attempt, event)
        isFirst = false
        return rotate(handle, turn, attempt, event)
      },
    }
    Object.assign(here.ports, { refreshFamilies })
    const answer = await presentLate(await tokenOf(0))
    expect(answer.refresh_token).toBe(await tokenOf(1))
    expect(here.kept.families[0]).not.toHaveProperty('revokedAt')
  })

  test('loses the family when the successor has been used', async () => {
    const token = await tokenOf(0)
    const { refresh_token: next = '' } = await presentLate(token)
    await presentLate(next)
    await expect(presentLate(token)).rejects.toMatchObject(refusal('oauth/refresh/replayed'))
    expect(here.kept.families).toMatchObject([{ revokedAt: now }])
  })

  test('loses the family when the grace is over', async () => {
    begin({ generation: generation(1), rotatedAt: inSeconds(-10) })
    await expect(presentLate(await tokenOf(0))).rejects.toMatchObject(
      refusal('oauth/refresh/replayed'),
    )
    expect(here.kept.families).toMatchObject([{ revokedAt: now }])
  })
})

describe('fapi 2.0 security profile section 5.3.2.1: refresh tokens are not rotated', () => {
  const { settings, ...rest } = tenant()
  const fapi = { ...rest, settings: { ...settings, profile: 'fapi2' } } as const
  const presentTo = (refreshToken: string) =>
    redeemRefreshToken(here.ports)(grantContext({ tenant: fapi }), {
      grantType: 'refresh_token',
      client: { method: 'none', id: clientId },
      address: '203.0.113.9',
      narrowing: { resources: [], authorizationDetails: undefined },
      refreshToken,
      scopes: [],
    })

  test('the same token is handed out again, and every use is told to the audit log', async () => {
    const token = await tokenOf(0)
    for (const _ of [1, 2]) expect(await presentTo(token)).toHaveProperty('refresh_token', token)
    expect(here.kept.events.map(({ activity }) => activity)).toEqual([
      'token-refreshed',
      'token-refreshed',
    ])
    expect(here.kept.families).toMatchObject([{ generation: 0 }])
  })

  test('a revoked family is refused all the same', async () => {
    begin({ revokedAt: inSeconds(-1) })
    await expect(presentTo(await tokenOf(0))).rejects.toMatchObject(
      refusal('oauth/refresh/revoked'),
    )
  })
})

describe('rfc6749 section 5.2 and oidc core section 12.1 and 12.3: a refresh token is refused, and nothing is written', () => {
  afterEach(() => {
    expect(here.kept.events).toEqual([])
  })

  test.each(['', 'x', 'eu-central-1.bnVsbA', 'us-east-1.bnVsbA'])(
    'when it is not one of ours: %s',
    async (text) => {
      await expect(present(text)).rejects.toMatchObject(refusal('oauth/refresh/unknown'))
    },
  )

  test('when it is of another tenant', async () => {
    const other = tenant({ id: trusted<TenantId>('other') })
    const sealed = await here.ports.sealer.seal('refresh', other.id, { v: 1 })
    const attempt = present(`eu-central-1.${sealed}`)
    await expect(attempt).rejects.toMatchObject(refusal('oauth/refresh/unknown'))
  })

  test('when it is an authorization code', async () => {
    const attempt = present(await here.sealedCode())
    await expect(attempt).rejects.toMatchObject(refusal('oauth/refresh/unknown'))
  })

  test('when its family is gone', async () => {
    const token = await tokenOf(0)
    here.kept.families = []
    await expect(present(token)).rejects.toMatchObject(refusal('oauth/refresh/absent'))
  })

  test.each([
    ['expired', { expiresAt: now }],
    ['revoked', { revokedAt: inSeconds(-1) }],
    ['other-client', { client: otherClientId }],
  ])('when its family is %s', async (rule, more) => {
    begin(more)
    await expect(present(await tokenOf(0))).rejects.toMatchObject(refusal(`oauth/refresh/${rule}`))
  })

  /**
   * Neither more scope nor other resources than the person has allowed.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.5.1
   * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
   */
  test('rfc6749 section 6: when it asks for more than was granted, and it stays usable', async () => {
    const token = await tokenOf(0)
    const attempt = present(token, ['openid', 'email'])
    await expect(attempt).rejects.toMatchObject(refusal('oauth/scope/widened', 'invalid_scope'))
    expect(here.kept.families).toMatchObject([{ generation: 0 }])
  })

  test('when the session of an online family has ended', async () => {
    here.kept.sessions = [session({ endedAt: inSeconds(-1) })]
    const attempt = present(await tokenOf(0))
    await expect(attempt).rejects.toMatchObject(refusal('oauth/grantee/session'))
  })

  test('when its user is disabled or its client has revoked what is older', async () => {
    const revoking = client({ validAfter: inSeconds(-899) })
    const attempt = present(await tokenOf(0), [], revoking)
    await expect(attempt).rejects.toMatchObject(refusal('oauth/grantee/client'))
    here.kept.users = [user({ active: false })]
    await expect(present(await tokenOf(0))).rejects.toMatchObject(refusal('oauth/grantee/user'))
  })
})
