import { beforeEach, describe, expect, test } from 'vitest'
import { trusted } from '#shared/kernel/ids.ts'
import { sessionIdFor } from '#shared/oauth/flows/subjects.ts'
import type { RefreshFamily } from '#shared/oauth/token/refresh-family.ts'
import {
  browserWorld,
  cookieSession,
  sessionCookie,
  signedInAs,
} from '../../../test/support/browser-world.ts'
import {
  family as aFamily,
  client,
  clientId,
  inSeconds,
  now,
  otherClientId,
  tenant,
  userId,
} from '../../../test/support/builders.ts'
import { plainSealer } from '../../../test/support/fake-ports.ts'
import { parseLogoutRequest } from '../messages/logout-request.ts'
import { logout } from './logout.ts'

const bye = 'https://app.example/bye'
const address = '203.0.113.9'

let here = browserWorld()
beforeEach(() => {
  here = browserWorld()
})

const visit = (query: Record<string, string> = {}, session: string | undefined = sessionCookie) =>
  logout(here.ports)(tenant(), {
    request: parseLogoutRequest(new URLSearchParams(query), false),
    posted: undefined,
    session,
    origin: undefined,
    address,
  })

const post = (form: Record<string, string>, origin?: string) =>
  logout(here.ports)(tenant(), {
    request: parseLogoutRequest(new URLSearchParams(form), true),
    posted: new URLSearchParams(form).toString(),
    session: sessionCookie,
    origin,
    address,
  })

const hint = (claims: Record<string, unknown> = {}, at = tenant()) =>
  here.ports.signer.sign(
    at,
    { typ: 'JWT' },
    {
      sub: userId,
      aud: clientId,
      sid: cookieSession.sid,
      exp: 1,
      ...claims,
    },
  )

const isSignedIn = () => here.kept.sessions.every(({ endedAt }) => endedAt === undefined)

describe('rp-initiated logout section 2: an id_token_hint of this session', () => {
  test('signs out at once, though it has expired, and goes where the client wants', async () => {
    const query = { id_token_hint: await hint(), post_logout_redirect_uri: bye, state: 's' }
    expect(await visit(query)).toMatchObject({ kind: 'signed-out', location: `${bye}?state=s` })
    expect(here.kept.sessions).toMatchObject([{ endedAt: now }])
    expect(here.kept.events).toMatchObject([
      { activity: 'sign-out', user: userId, client: clientId, address },
    ])
  })

  test.each([
    ['another session', { sid: 'sid-2' }],
    ['no session', { sid: undefined }],
  ])('of %s is suspect: the person is asked', async (_, claims) => {
    expect(await visit({ id_token_hint: await hint(claims) })).toMatchObject({ kind: 'confirm' })
    expect(isSignedIn()).toBe(true)
  })
})

describe('rfc9700 section 4.11.2 and rp-initiated logout section 3: an app that anybody can be', () => {
  const there = { client_id: clientId, post_logout_redirect_uri: bye }
  beforeEach(() => {
    here.kept.clients[0] = client({ dynamicRegistration: { tokenHash: 'h', issuedAt: now } })
  })

  test('gets nobody by a link alone', async () => {
    for (const query of [there, { ...there, id_token_hint: await hint() }]) {
      const outcome = await visit(query, 'nobody')
      expect(outcome).toMatchObject({ kind: 'signed-out', location: undefined })
    }
  })

  test('gets who has pressed the button, or has a session of it', async () => {
    const pressed = await post({ ...there, confirm: 'yes' }, new URL(tenant().issuer).origin)
    expect(pressed).toMatchObject({ kind: 'signed-out', location: bye })
    here = browserWorld()
    here.kept.clients[0] = client({ dynamicRegistration: { tokenHash: 'h', issuedAt: now } })
    const known = await visit({ ...there, id_token_hint: await hint() })
    expect(known).toMatchObject({ kind: 'signed-out', location: bye })
  })
})

describe('oidc core section 8.1: a pairwise client', () => {
  const pairwise = client({
    subjectType: 'pairwise',
    logout: {
      frontchannelUri: 'https://app.example/out',
      frontchannelSessionRequired: true,
    },
  })
  const sidFor = sessionIdFor({ sealer: plainSealer() })
  beforeEach(() => {
    here.kept.clients[0] = pairwise
  })

  test('proves by the sid of its own that it knows the session, and is told it', async () => {
    here.kept.families.push(aFamily({ sid: cookieSession.sid }))
    const sid = await sidFor(tenant(), pairwise, cookieSession.sid)
    const { issuer: iss } = tenant()
    expect(await visit({ id_token_hint: await hint({ sid }) })).toMatchObject({
      kind: 'signed-out',
      frames: [`https://app.example/out?${new URLSearchParams({ iss, sid })}`],
    })
  })

  test('proves nothing by that of another session, or by a text that nobody has sealed', async () => {
    const other = await sidFor(tenant(), pairwise, signedInAs('j').session.sid)
    for (const sid of [other, 'made.up']) {
      expect(await visit({ id_token_hint: await hint({ sid }) })).toHaveProperty('kind', 'confirm')
    }
    expect(isSignedIn()).toBe(true)
  })
})

describe('front-channel logout section 3: the browser is given what it has to load', () => {
  const frontchannelUri = 'https://other.example/out'
  const family = (more: Partial<RefreshFamily> = {}) =>
    aFamily({ sid: cookieSession.sid, client: otherClientId, ...more })
  beforeEach(() => {
    const logout = { frontchannelUri, frontchannelSessionRequired: true }
    here.kept.clients.push(client({ id: otherClientId, logout }))
  })

  test('of each client that got tokens in this session, with iss and sid where it needs them', async () => {
    here.kept.families.push(family())
    const { iss, sid } = { iss: tenant().issuer, sid: cookieSession.sid }
    expect(await visit({ id_token_hint: await hint() })).toMatchObject({
      kind: 'signed-out',
      frames: [`${frontchannelUri}?${new URLSearchParams({ iss, sid })}`],
    })
  })

  test('of none that got its tokens in another session, or that listens to nothing', async () => {
    here.kept.families.push(
      family({ sid: signedInAs('j').session.sid }),
      family({ client: clientId }),
    )
    expect(await visit({ id_token_hint: await hint() })).toMatchObject({ frames: [] })
  })

  test('of none while the person is only asked', async () => {
    here.kept.families.push(family())
    expect(await visit()).not.toHaveProperty('frames')
  })

  test('of none where the way on is an app of the device, which a frame would hold up', async () => {
    const bye = 'com.example.app:/bye'
    here.kept.families.push(family())
    here.kept.clients[0] = client({ postLogoutRedirectUris: [bye] })
    const query = { id_token_hint: await hint(), post_logout_redirect_uri: bye }
    expect(await visit(query)).toMatchObject({ location: bye, frames: [] })
  })
})

describe('rp-initiated logout section 6: without such a hint the person is asked', () => {
  test.each([
    {},
    { client_id: clientId },
    { confirm: 'yes' },
    { client_id: clientId, confirm: 'yes' },
  ])('after a link with %j', async (query: Record<string, string>) => {
    expect(await visit(query)).toMatchObject({ kind: 'confirm' })
    expect(isSignedIn()).toBe(true)
  })

  test('the button on our own page signs out', async () => {
    const { origin } = new URL(tenant().issuer)
    expect(await post({ confirm: 'yes' }, origin)).toMatchObject({ kind: 'signed-out' })
    expect(isSignedIn()).toBe(false)
  })

  test.each([undefined, 'null', 'https://evil.example', 'http://id.example'])(
    'a button on the page of %s does not',
    async (origin) => {
      await expect(post({ confirm: 'yes' }, origin)).rejects.toMatchObject({
        code: 'cross_site_request',
        status: 403,
      })
      expect(isSignedIn()).toBe(true)
    },
  )
})

describe('rp-initiated logout section 2: a POST by the client', () => {
  test('is asked again with GET, which brings the session along', async () => {
    expect(await post({ client_id: clientId, state: 'a b' }, 'https://app.example')).toEqual({
      kind: 'ask-again',
      location: 'https://id.example/acme/oauth2/logout?client_id=web&state=a+b',
    })
    expect(isSignedIn()).toBe(true)
  })

  test('is refused when no URL can carry it on', async () => {
    await expect(post({ state: 'x'.repeat(5000) })).rejects.toMatchObject({
      code: 'invalid_request',
      status: 413,
    })
  })
})

describe('rp-initiated logout section 4: what does not validate is refused, and ends no session', () => {
  test.each([
    ['a hint that is not ours', { id_token_hint: 'a.b.c' }, 'oidc/logout/hint'],
    ['an unknown client', { client_id: 'nobody' }, 'oidc/logout/unknown-client'],
    [
      'a foreign URI',
      { client_id: 'web', post_logout_redirect_uri: `${bye}/` },
      'oidc/logout/redirect-uri',
    ],
    ['a URI without a client', { post_logout_redirect_uri: bye }, 'oidc/logout/unnamed-client'],
  ])('%s', async (_, query: Record<string, string>, rule) => {
    await expect(visit(query)).rejects.toMatchObject({ code: 'invalid_request', rule })
    expect(isSignedIn()).toBe(true)
  })

  test('a client_id that is not that of the hint', async () => {
    const query = { id_token_hint: await hint(), client_id: otherClientId }
    await expect(visit(query)).rejects.toMatchObject({ rule: 'oidc/logout/other-client' })
    expect(isSignedIn()).toBe(true)
  })

  test('a hint of another tenant, or one that is an access token', async () => {
    const other = { ...tenant(), id: trusted<ReturnType<typeof tenant>['id']>('other') }
    const access = await here.ports.signer.sign(
      tenant(),
      { typ: 'at+jwt' },
      { sub: userId, aud: clientId },
    )
    for (const text of [await hint({}, other), access]) {
      await expect(visit({ id_token_hint: text })).rejects.toMatchObject({
        rule: 'oidc/logout/hint',
      })
    }
  })

  test('a URI of another client than the one that the hint names', async () => {
    here.kept.clients.push(client({ id: otherClientId, postLogoutRedirectUris: [] }))
    const query = {
      id_token_hint: await hint({ aud: otherClientId }),
      post_logout_redirect_uri: bye,
    }
    await expect(visit(query)).rejects.toMatchObject({ rule: 'oidc/logout/redirect-uri' })
  })
})

describe('rp-initiated logout section 2: who is not signed in', () => {
  test.each([
    ['has no cookie', undefined],
    ['has a forged cookie', signedInAs('j').cookie],
  ])('because the browser %s is signed out, and goes where the client wants', async (_, cookie) => {
    const query = { client_id: clientId, post_logout_redirect_uri: bye }
    expect(await visit(query, cookie ?? '')).toMatchObject({ kind: 'signed-out', location: bye })
    expect(here.kept.events).toEqual([])
  })

  test('because the session is over is signed out', async () => {
    here.kept.sessions = [signedInAs('i', { expiresAt: inSeconds(-1) }).session]
    expect(await visit()).toMatchObject({ kind: 'signed-out', location: undefined })
    expect(here.kept.events).toEqual([])
  })
})
