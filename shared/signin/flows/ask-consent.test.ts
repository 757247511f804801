import { beforeEach, describe, expect, test } from 'vitest'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import {
  browserCookie,
  browserWorld,
  cookieSession,
  openedFrom,
  sessionCookie,
  signedInAs,
} from '../../../test/support/browser-world.ts'
import {
  client,
  clientId,
  inSeconds,
  now,
  tenant,
  user,
  userId,
} from '../../../test/support/builders.ts'
import type { Interaction } from '../interaction.ts'
import { askConsent } from './ask-consent.ts'
import { sealInteraction } from './interactions.ts'

const { origin: ownOrigin } = new URL(tenant().issuer)

const services = [{ resource: 'https://orders.example', name: 'Orders' }]

let here = browserWorld()
let sealed = ''
const begin = async (more: Partial<Interaction> = {}) => {
  here = browserWorld()
  sealed = await sealInteraction(here.ports.sealer, tenant(), {
    returnTo: 'oauth2/authorize/resume',
    request: 'a=b',
    client: clientId,
    clientName: 'Harbour',
    browser: sha256Base64url(browserCookie),
    expiresAt: inSeconds(60),
    requirements: { consent: { scopes: ['openid', 'email'], services, again: false } },
    session: cookieSession.secretHash,
    ...more,
  })
}
beforeEach(() => begin())

const show = (session: string | undefined = sessionCookie, browser = browserCookie) =>
  askConsent(here.ports)(tenant(), { kind: 'show', interaction: sealed, session, browser })

const press = (answer: 'allow' | 'deny', { session = sessionCookie, origin = ownOrigin } = {}) =>
  askConsent(here.ports)(tenant(), {
    kind: 'submit',
    interaction: sealed,
    browser: browserCookie,
    address: '203.0.113.9',
    session,
    origin,
    answer,
  })

const answered = async (outcome: Awaited<ReturnType<typeof press>>) => {
  if (outcome.kind !== 'answered') throw new Error('not answered')
  expect(outcome.location).toMatch(/^\/acme\/oauth2\/authorize\/resume\?interaction=/)
  return openedFrom(here, outcome.location)
}

test('oidc core section 3.1.2.4: the page says who asks whom for what', async () => {
  expect(await show()).toMatchObject({
    kind: 'form',
    client: client(),
    signedIn: { user: user(), session: cookieSession },
    scopes: ['openid', 'email'],
    sealed,
  })
})

describe('allow', () => {
  test('is remembered for exactly what was shown, and audited with it', async () => {
    expect(await answered(await press('allow'))).toMatchObject({ outcome: 'allowed' })
    expect(here.kept.consents).toEqual([
      {
        tenant: tenant().id,
        user: userId,
        client: clientId,
        scopes: ['openid', 'email'],
        resourceScopes: ['https://orders.example openid', 'https://orders.example email'],
        grantedAt: now,
      },
    ])
    expect(here.kept.events).toMatchObject([
      { activity: 'consent', user: userId, client: clientId, address: '203.0.113.9' },
    ])
  })

  test('is bound to the session that pressed the button', async () => {
    expect(await answered(await press('allow'))).toHaveProperty('session', cookieSession.secretHash)
  })
})

test('deny goes back sealed, so that nobody else can say it, and nothing is written', async () => {
  expect(await answered(await press('deny'))).toMatchObject({ outcome: 'denied' })
  expect(here.kept.consents).toEqual([])
  expect(here.kept.events).toEqual([])
})

describe('nobody can be made to consent', () => {
  const nothingGranted = () => expect(here.kept.consents).toEqual([])

  test.each(['https://evil.example', 'null', ''])('by another site: %j', async (origin) => {
    for (const answer of ['allow', 'deny'] as const) {
      await expect(press(answer, { origin })).rejects.toMatchObject({ code: 'cross_site_request' })
    }
    nothingGranted()
  })

  test('by a form that was opened in another browser', async () => {
    const attempt = show(sessionCookie, 'x'.repeat(43))
    await expect(attempt).rejects.toMatchObject({ code: 'interaction_foreign' })
  })

  test('by a form that another session was shown', async () => {
    const { cookie, session } = signedInAs('j')
    here.kept.sessions.push(session)
    const changed = { code: 'interaction_expired', rule: 'signin/consent/session' }
    await expect(press('allow', { session: cookie })).rejects.toMatchObject(changed)
    await expect(show(cookie)).rejects.toMatchObject(changed)
    nothingGranted()
  })

  test('without being signed in any more', async () => {
    here.kept.sessions = [{ ...cookieSession, endedAt: now }]
    await expect(press('allow')).rejects.toMatchObject({ rule: 'signin/consent/session' })
    nothingGranted()
  })

  test('by an interaction that no session was asked in', async () => {
    const { secretHash } = signedInAs('j').session
    await begin({ session: secretHash })
    await expect(press('allow')).rejects.toMatchObject({ rule: 'signin/consent/session' })
    nothingGranted()
  })
})

test('a client that was removed meanwhile cannot ask any more', async () => {
  here.kept.clients = []
  await expect(show()).rejects.toMatchObject({
    code: 'interaction_expired',
    rule: 'signin/consent/client',
  })
})
