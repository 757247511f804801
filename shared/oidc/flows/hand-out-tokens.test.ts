import { beforeEach, describe, expect, test } from 'vitest'
import { readVersioned } from '#shared/kernel/sealed-content.ts'
import { responseTypes } from '#shared/oauth/authorization/response-type.ts'
import type { AuthorizationCode } from '#shared/oauth/token/authorization-code.ts'
import { authorizationWorld } from '../../../test/support/authorization-world.ts'
import { cookieSession } from '../../../test/support/browser-world.ts'
import { client, clientId, now, tenant, userId } from '../../../test/support/builders.ts'
import { claimsOf } from '../../../test/support/fake-ports.ts'
import type { AuthorizationOutcome } from './authorize.ts'

const old = client({ grantTypes: ['authorization_code', 'implicit'], responseTypes })

let here = authorizationWorld()
beforeEach(() => {
  here = authorizationWorld({ clients: [old] })
})

function fragmentOf(outcome: AuthorizationOutcome): URLSearchParams {
  if (outcome.kind !== 'answer' || outcome.response.kind !== 'redirect')
    throw new Error('no answer')
  return new URLSearchParams(new URL(outcome.response.location).hash.slice(1))
}

const answer = async (responseType: string) =>
  fragmentOf(await here.ask({ response_type: responseType, nonce: 'n' }))

describe.each(responseTypes.filter((type) => type !== 'code'))('%s', (type) => {
  test('architecture, Audit: what is handed out is written, with its event, before it leaves', async () => {
    await answer(type)
    expect(here.kept.families).toEqual([
      expect.objectContaining({
        user: userId,
        client: clientId,
        sid: cookieSession.sid,
        offline: false,
        expiresAt: cookieSession.expiresAt,
      }),
    ])
    expect(here.kept.events).toEqual([
      expect.objectContaining({
        activity: 'token-issued',
        user: userId,
        client: clientId,
        address: '203.0.113.9',
      }),
    ])
  })

  test('nothing is written when it cannot be signed', async () => {
    const frontChannel = here.ports.frontChannel
    here.ports.frontChannel = async () => ({
      ...(await frontChannel()),
      signer: { sign: () => Promise.reject(new Error('no key')) },
    })
    await expect(answer(type)).rejects.toThrow()
    expect(here.kept.families).toEqual([])
  })
})

test('a code alone writes nothing and loads nothing', async () => {
  here.ports.frontChannel = () => Promise.reject(new Error('loaded'))
  expect(await here.ask()).toMatchObject({ kind: 'answer' })
  expect(here.kept.families).toEqual([])
})

test('rfc6749 section 10.5: the code knows the family of what is handed out beside it', async () => {
  const code = (await answer('code token')).get('code') ?? ''
  const sealed = code.slice('eu-central-1.'.length)
  const opened = await here.ports.sealer.open('code', tenant().id, sealed)
  const { jti, beside } = readVersioned<AuthorizationCode>(opened) ?? {}
  expect(beside).toBe(here.kept.families[0]?.id)
  expect(beside).not.toBe(jti)
})

test('oidc core section 3.2.2.5: an access token lives as long as one of the token endpoint', async () => {
  const fields = await answer('id_token token')
  expect(fields.get('expires_in')).toBe('300')
  expect(claimsOf(fields.get('access_token') ?? '')).toMatchObject({ iat: now, exp: now + 300 })
})

test('rfc6749 section 4.2.2: a token for an API is said to have no more scopes than it has', async () => {
  const identifier = 'https://api.example/'
  here.kept.resourceServers = [
    { tenant: tenant().id, identifier, name: 'API', scopes: ['profile'] },
  ]
  here.kept.clients = here.kept.clients.map((each) => ({ ...each, resources: [identifier] }))
  const outcome = await here.ask({
    response_type: 'token',
    scope: 'openid profile',
    resource: identifier,
  })
  const fields = fragmentOf(outcome)
  expect(claimsOf(fields.get('access_token') ?? '')).toMatchObject({ scope: 'profile' })
  expect(fields.get('scope')).toBe('profile')
})
