import { beforeEach, describe, expect, test } from 'vitest'
import { AuthorizationError } from '#shared/oauth/authorization/authorization-error.ts'
import type { Interaction } from '#shared/signin/interaction.ts'
import {
  answerOf,
  authorizationWorld,
  pageOf,
  refusalToClient,
  requestOf,
} from '../../../test/support/authorization-world.ts'
import {
  browserCookie,
  cookieSession,
  interactionIn,
  openedFrom,
  signedInAs,
} from '../../../test/support/browser-world.ts'
import { client, clientId, inSeconds, now, tenant, user } from '../../../test/support/builders.ts'
import { authorize } from './authorize.ts'

let here = authorizationWorld()
beforeEach(() => {
  here = authorizationWorld()
})

describe('oidc core section 3.1.2.3: a user who has to sign in', () => {
  test('is sent to the sign-in page, with the request sealed for this browser', async () => {
    here.kept.sessions = []
    const location = pageOf(await here.ask({ login_hint: 'ada', ui_locales: 'de' }))
    expect(location).toMatch(/^\/acme\/signin\?interaction=/)
    expect(await openedFrom(here, location)).toMatchObject({
      request: requestOf({ login_hint: 'ada', ui_locales: 'de' }),
      client: clientId,
      clientName: 'Harbour',
      loginHint: 'ada',
      uiLocales: 'de',
      expiresAt: inSeconds(1800),
    })
  })

  test.each([
    ['prompt=login', { prompt: 'login' }],
    ['prompt=select_account', { prompt: 'select_account' }],
    ['max_age=999', { max_age: '999' }],
    ['max_age=0', { max_age: '0' }],
  ])('%s asks although there is a session', async (_, more) => {
    expect(pageOf(await here.ask(more))).toMatch(/^\/acme\/signin\?/)
  })

  test('max_age of a session young enough does not', async () => {
    expect(answerOf(await here.ask({ max_age: '1000' })).has('code')).toBe(true)
  })

  test('prompt=login is met by another session than the one that was there, once', async () => {
    const sealed = await here.returned(pageOf(await here.ask({ prompt: 'login' })))
    expect(pageOf(await here.resume(sealed))).toMatch(/^\/acme\/signin\?/)
    const { cookie, session } = signedInAs('j', { authTime: now })
    here.kept.sessions.push(session)
    expect(answerOf(await here.resume(sealed, { session: cookie })).has('code')).toBe(true)
  })

  test('a browser keeps the cookie it has, and gets one when it has none or a forged one', async () => {
    here.kept.sessions = []
    const input = { kind: 'request', request: requestOf(), session: undefined } as const
    for (const [browser, expected] of [
      [browserCookie, browserCookie],
      [undefined, expect.stringMatching(/^\d{43}$/)],
      ['x; domain=evil.example', expect.stringMatching(/^\d{43}$/)],
    ]) {
      const outcome = await authorize(here.ports)(tenant(), {
        ...input,
        browser,
        address: '203.0.113.9',
      })
      expect(outcome).toHaveProperty('browser', expected)
    }
  })
})

describe('oidc core section 3.1.2.4: consent', () => {
  beforeEach(() => {
    here = authorizationWorld({ clients: [client({ skipConsent: false })] })
  })

  const consented = (scopes: string[]) => {
    const { tenant, id } = user()
    here.kept.consents = [
      { tenant, user: id, client: clientId, scopes, resourceScopes: [], grantedAt: now },
    ]
  }

  test('is asked for on a page that is bound to the session', async () => {
    const location = pageOf(await here.ask())
    expect(location).toMatch(/^\/acme\/signin\/consent\?/)
    const { secretHash } = cookieSession
    expect(await openedFrom(here, location)).toMatchObject({
      session: secretHash,
      requirements: { consent: { scopes: ['openid', 'profile'], again: false } },
    })
  })

  test('is remembered, for the scopes it was given for', async () => {
    consented(['openid', 'profile', 'email'])
    expect(answerOf(await here.ask()).has('code')).toBe(true)
    consented(['openid'])
    expect(pageOf(await here.ask())).toMatch(/^\/acme\/signin\/consent\?/)
  })

  test('is asked for again with prompt=consent, whatever is remembered', async () => {
    consented(['openid', 'profile'])
    const location = pageOf(await here.ask({ prompt: 'consent' }))
    expect(location).toMatch(/^\/acme\/signin\/consent\?/)
    expect(pageOf(await here.resume(await here.returned(location)))).toMatch(/consent/)
  })

  const answered = async (outcome: 'allowed' | 'denied', more: Record<string, string> = {}) =>
    here.returned(pageOf(await here.ask(more)), { outcome })

  test('given in this very interaction is enough', async () => {
    expect(
      answerOf(await here.resume(await answered('allowed', { prompt: 'consent' }))).has('code'),
    ).toBe(true)
  })

  test('given by another session is not', async () => {
    const sealed = await answered('allowed')
    const { cookie, session } = signedInAs('j')
    here.kept.sessions.push(session)
    const outcome = await here.resume(sealed, { session: cookie })
    expect(pageOf(outcome)).toMatch(/^\/acme\/signin\/consent\?/)
  })

  test('given to some scopes does not reach those that the client is registered for meanwhile', async () => {
    const sealed = await answered('allowed', { scope: 'openid orders' })
    here.kept.clients = [client({ skipConsent: false, scopes: ['openid', 'orders'] })]
    const code = answerOf(await here.resume(sealed)).get('code') ?? ''
    const opened = await here.ports.sealer.open('code', tenant().id, code.replace(/^[^.]+\./, ''))
    expect(opened).toMatchObject({ scopes: ['openid'] })
  })

  test('rfc6749 section 4.1.2.1: refused is access_denied', async () => {
    await expect(here.resume(await answered('denied'))).rejects.toMatchObject(
      refusalToClient('access_denied', 'oauth/authorize/denied'),
    )
  })
})

describe('coming back from the pages', () => {
  const sealed = async (more: Partial<Interaction> = {}) =>
    here.returned(pageOf(await here.ask({ prompt: 'login' })), more)

  test('straight from the page only: neither before it has been there nor later from the history', async () => {
    const location = pageOf(await here.ask({ prompt: 'login' }))
    for (const interaction of [
      interactionIn(location),
      await sealed({ returnedAt: inSeconds(-60) }),
    ]) {
      await expect(here.resume(interaction)).rejects.toMatchObject({
        rule: 'signin/interaction/return',
      })
    }
  })

  test('oidc core section 3.1.2.1: prompt=login is not met by an older session that was kept back at the start', async () => {
    const started = await here.send(requestOf({ prompt: 'login' }), 'no-session')
    const outcome = await here.resume(await here.returned(pageOf(started)))
    expect(pageOf(outcome)).toMatch(/^\/acme\/signin\?/)
  })

  test('rfc9700 section 4.7: in another browser is refused, and nobody is redirected', async () => {
    const refused = here.resume(await sealed(), { browser: 'x'.repeat(43) })
    await expect(refused).rejects.not.toBeInstanceOf(AuthorizationError)
    await expect(refused).rejects.toMatchObject({ code: 'interaction_foreign' })
  })

  test.each(['', 'x', 'bnVsbA'])(
    'with anything that we have not sealed is refused: %s',
    async (text) => {
      await expect(here.resume(text)).rejects.toMatchObject({ code: 'interaction_expired' })
    },
  )

  test('a client that was removed meanwhile is unknown', async () => {
    const interaction = await sealed()
    here.kept.clients = []
    await expect(here.resume(interaction)).rejects.toMatchObject({
      rule: 'oauth/authorize/unknown-client',
    })
  })
})
