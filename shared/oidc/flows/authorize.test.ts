import { beforeEach, describe, expect, test } from 'vitest'
import { readVersioned } from '#shared/kernel/sealed-content.ts'
import { AuthorizationError } from '#shared/oauth/authorization/authorization-error.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { redirectUriHash } from '#shared/oauth/client/redirect-uri.ts'
import type { AuthorizationCode } from '#shared/oauth/token/authorization-code.ts'
import {
  answerOf,
  authorizationWorld,
  pageOf,
  refusalToClient,
  requestOf,
} from '../../../test/support/authorization-world.ts'
import { cookieSession } from '../../../test/support/browser-world.ts'
import {
  callback,
  client,
  clientId,
  inSeconds,
  now,
  otherUserId,
  tenant,
  userId,
} from '../../../test/support/builders.ts'
import { type AuthorizationOutcome, authorize } from './authorize.ts'

let here = authorizationWorld()
beforeEach(() => {
  here = authorizationWorld()
})

async function codeOf(outcome: AuthorizationOutcome): Promise<AuthorizationCode | undefined> {
  const code = answerOf(outcome).get('code') ?? ''
  expect(code).toMatch(/^eu-central-1\./)
  return readVersioned(
    await here.ports.sealer.open('code', tenant().id, code.slice('eu-central-1.'.length)),
  )
}

describe('a user who is signed in', () => {
  test('rfc6749 section 4.1.2: is sent back at once, with code, state and iss', async () => {
    const answer = answerOf(await here.ask())
    expect([...answer.keys()]).toEqual(['code', 'session_state', 'state', 'iss'])
    expect(answer.get('state')).toBe('af0ifjsldkj')
    expect(answer.get('iss')).toBe(tenant().issuer)
  })

  test('rfc6749 section 4.1.2: the code is bound to client, redirect URI and session', async () => {
    const { sid } = cookieSession
    expect(await codeOf(await here.ask({ nonce: 'n-0S6_WzA2Mj' }))).toMatchObject({
      client: clientId,
      redirectUriHash: redirectUriHash(callback),
      user: userId,
      sid,
      scopes: ['openid', 'profile'],
      nonce: 'n-0S6_WzA2Mj',
      authTime: inSeconds(-1000),
      issuedAt: now,
      expiresAt: inSeconds(60),
    })
  })

  test('rfc7636 section 4.4: the code is bound to the challenge', async () => {
    const code_challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    const outcome = await here.ask({ code_challenge, code_challenge_method: 'S256' })
    expect(await codeOf(outcome)).toHaveProperty('challenge', code_challenge)
  })

  test('rfc6749 section 4.1.2: no two codes are the same', async () => {
    const [first, second] = [await codeOf(await here.ask()), await codeOf(await here.ask())]
    expect(first?.jti).not.toBe(second?.jti)
  })

  test('and nothing is written', async () => {
    await here.ask()
    expect(here.kept.events).toEqual([])
  })
})

describe('rfc6749 section 4.1.2.1: what the person is told, and the client is not', () => {
  test.each([
    ['oauth/authorize/client-id', requestOf({ client_id: '' })],
    ['oauth/authorize/client-id', `${requestOf()}&client_id=${clientId}`],
    ['oauth/authorize/unknown-client', requestOf({ client_id: 'nobody' })],
    ['oauth/authorize/unknown-client', requestOf({ client_id: 'n\u00e4me' })],
    ['oauth/redirect-uri/unregistered', requestOf({ redirect_uri: 'https://evil.example' })],
    ['oauth/redirect-uri/missing', requestOf({ redirect_uri: '' })],
  ])('%s: %s', async (rule, request) => {
    const refused = here.send(request)
    await expect(refused).rejects.not.toBeInstanceOf(AuthorizationError)
    await expect(refused).rejects.toMatchObject({ code: 'invalid_request', rule })
  })
})

describe('rfc6749 section 4.1.2.1: what the client is told', () => {
  test.each([
    ['unauthorized_client', 'oauth/response-type/unregistered', { response_type: 'token' }],
    ['invalid_scope', 'oauth/scope/none', { scope: 'admin' }],
    ['invalid_request_object', 'oauth/request-object/signature', { request: 'e30.e30.' }],
    ['request_uri_not_supported', 'oidc/request-uri', { request_uri: 'https://app.example/r' }],
    ['invalid_request', 'oidc/id-token-hint', { id_token_hint: 'a.b.c' }],
  ])('%s', async (code, rule, more: Record<string, string>) => {
    await expect(here.ask(more)).rejects.toMatchObject(refusalToClient(code, rule))
  })
})

describe('rfc9700 section 4.11.2: an app that nobody answers for', () => {
  const dynamicRegistration = { tokenHash: 'x', issuedAt: now }
  const asStranger = (more: Partial<Client> = {}) =>
    authorizationWorld({ clients: [client({ dynamicRegistration, skipConsent: false, ...more })] })

  test.each([
    ['oauth/scope/none', { scope: 'admin' }],
    ['oauth/response-type/unregistered', { response_type: 'token' }],
    ['oauth/request-object/signature', { request: 'e30.e30.' }],
    ['oidc/id-token-hint', { id_token_hint: 'a.b.c' }],
  ])('gets nobody sent to its address by a request that must fail: %s', async (rule, more) => {
    const refused = asStranger().ask(more)
    await expect(refused).rejects.not.toBeInstanceOf(AuthorizationError)
    await expect(refused).rejects.toMatchObject({ rule })
  })

  test('is told once the person has answered', async () => {
    const world = asStranger()
    const page = pageOf(await world.ask())
    const denied = world.resume(await world.returned(page, { outcome: 'denied' }))
    await expect(denied).rejects.toMatchObject(
      refusalToClient('access_denied', 'oauth/authorize/denied'),
    )
  })

  test('is told when it wants no page', async () => {
    const expected = refusalToClient('consent_required', 'oidc/prompt/none-consent')
    await expect(asStranger().ask({ prompt: 'none' })).rejects.toMatchObject(expected)
  })

  test('is answered for by whoever handed out the token for its registration', async () => {
    const vouched = asStranger({ dynamicRegistration: { ...dynamicRegistration, policy: {} } })
    await expect(vouched.ask({ scope: 'admin' })).rejects.toMatchObject(
      refusalToClient('invalid_scope', 'oauth/scope/none'),
    )
  })
})

describe('oidc core section 3.1.2.6: prompt=none shows no page', () => {
  test('login_required', async () => {
    const expected = refusalToClient('login_required', 'oidc/prompt/none-login')
    here.kept.sessions = []
    await expect(here.ask({ prompt: 'none' })).rejects.toMatchObject(expected)
    here = authorizationWorld()
    await expect(here.ask({ prompt: 'none', max_age: '1' })).rejects.toMatchObject(expected)
  })

  test('consent_required', async () => {
    here = authorizationWorld({ clients: [client({ skipConsent: false })] })
    await expect(here.ask({ prompt: 'none' })).rejects.toMatchObject(
      refusalToClient('consent_required', 'oidc/prompt/none-consent'),
    )
  })

  test('a session and a consent are enough', async () => {
    expect(answerOf(await here.ask({ prompt: 'none' })).has('code')).toBe(true)
  })
})

describe('oidc core section 3.1.2.1: id_token_hint', () => {
  const hint = (sub: string, issuer = tenant()) =>
    here.ports.signer.sign(issuer, { typ: 'JWT' }, { sub, aud: clientId, exp: 1 })

  test('of the user who is signed in changes nothing, though it has expired', async () => {
    const outcome = await here.ask({ id_token_hint: await hint(userId), prompt: 'none' })
    expect(answerOf(outcome).has('code')).toBe(true)
  })

  test('of another user is login_required with prompt=none', async () => {
    const more = { id_token_hint: await hint(otherUserId), prompt: 'none' }
    await expect(here.ask(more)).rejects.toMatchObject(
      refusalToClient('login_required', 'oidc/prompt/none-login'),
    )
  })

  test('of another user asks to sign in, and refuses whoever else does', async () => {
    const location = pageOf(await here.ask({ id_token_hint: await hint(otherUserId) }))
    expect(location).toMatch(/^\/acme\/signin\?/)
    await expect(here.resume(await here.returned(location))).rejects.toMatchObject(
      refusalToClient('login_required', 'oidc/id-token-hint/other-user'),
    )
  })

  test('an access token is no hint', async () => {
    const token = await here.ports.signer.sign(
      tenant(),
      { typ: 'at+jwt' },
      { sub: userId, aud: clientId },
    )
    await expect(here.ask({ id_token_hint: token })).rejects.toMatchObject(
      refusalToClient('invalid_request', 'oidc/id-token-hint'),
    )
  })
})

test('oidc core section 3.1.2.1: a POST is asked again with GET, which brings the session along', async () => {
  const input = {
    kind: 'posted',
    request: 'a=b&c=%0D',
    session: undefined,
    browser: undefined,
    address: '203.0.113.9',
  } as const
  expect(await authorize(here.ports)(tenant(), input)).toEqual({
    kind: 'answer',
    response: { kind: 'redirect', location: 'https://id.example/acme/oauth2/authorize?a=b&c=%0D' },
  })
})
