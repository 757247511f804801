import { beforeEach, describe, expect, test } from 'vitest'
import { failureKeys, maximalAccountFailures } from '#shared/authn/throttle.ts'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { currentSession } from '#shared/session/flows/current-session.ts'
import { browserCookie, browserWorld, openedFrom } from '../../../test/support/browser-world.ts'
import { clientId, inSeconds, now, tenant, user, userId } from '../../../test/support/builders.ts'
import { phcOf } from '../../../test/support/fake-ports.ts'
import { sealInteraction } from './interactions.ts'
import { signIn } from './sign-in.ts'

const address = '203.0.113.9'
const { origin: ownOrigin } = new URL(tenant().issuer)

const world = () =>
  browserWorld({
    sessions: [],
    passwords: [{ tenant: tenant().id, user: userId, phc: phcOf('right'), changedAt: now }],
  })

let here = world()
let sealed = ''
beforeEach(async () => {
  here = world()
  sealed = await sealInteraction(here.ports.sealer, tenant(), {
    returnTo: 'oauth2/authorize/resume',
    request: 'a=b',
    client: clientId,
    clientName: 'Harbour',
    browser: sha256Base64url(browserCookie),
    expiresAt: inSeconds(60),
    requirements: {},
  })
})

const show = (interaction: string, browser: string = browserCookie) =>
  signIn(here.ports)(tenant(), { kind: 'show', interaction, browser })

const submit = (
  password: string,
  { origin = ownOrigin, browser = browserCookie }: { origin?: string; browser?: string } = {},
) =>
  signIn(here.ports)(tenant(), {
    kind: 'submit',
    interaction: sealed,
    browser,
    origin,
    session: undefined,
    attempt: { userName: 'ada', password: new Secret(password), address },
  })

test('the page shows a form that carries the interaction', async () => {
  expect(await show(sealed)).toMatchObject({
    kind: 'form',
    sealed,
    interaction: { clientName: 'Harbour' },
  })
})

describe('the right password', () => {
  test('opens a session whose cookie counts, and goes back to the protocol', async () => {
    const outcome = await submit('right')
    if (outcome.kind !== 'signed-in') throw new Error('not signed in')
    expect(outcome.location).toMatch(/^\/acme\/oauth2\/authorize\/resume\?interaction=/)
    expect(await openedFrom(here, outcome.location)).toMatchObject({
      request: 'a=b',
      returnedAt: now,
    })
    const cookie = outcome.sessionCookie.reveal()
    expect(await currentSession(here.ports)(tenant(), cookie, now)).toMatchObject({
      user: user(),
      session: { amr: ['pwd'], authTime: now },
    })
  })

  test('is audited once, as the sign-in that it is', async () => {
    await submit('right')
    expect(here.kept.events).toMatchObject([{ activity: 'sign-in', user: userId, address }])
  })
})

describe('a wrong password', () => {
  test('shows the form again, with the user name and without a session', async () => {
    expect(await submit('wrong')).toMatchObject({
      kind: 'form',
      sealed,
      userName: 'ada',
      problem: 'wrong-password',
    })
    expect(here.kept.sessions).toEqual([])
    expect(here.kept.events).toMatchObject([{ activity: 'sign-in-failed', address }])
  })

  test('nist sp 800-63b-4 section 3.2.2: once too often is told so, the right one included', async () => {
    here.kept.failures[failureKeys('ada', address).account] = maximalAccountFailures
    expect(await submit('right')).toMatchObject({ kind: 'form', problem: 'too-many-attempts' })
    expect(here.kept.sessions).toEqual([])
  })
})

describe('rfc9700 section 4.7: nobody can be signed in by another site', () => {
  test.each(['https://evil.example', 'null', ''])('a form sent from %j', async (origin) => {
    await expect(submit('right', { origin })).rejects.toMatchObject({
      code: 'cross_site_request',
      status: 403,
    })
  })

  test('a form without an Origin', async () => {
    const request = {
      kind: 'submit',
      interaction: sealed,
      browser: browserCookie,
      origin: undefined,
      session: undefined,
      attempt: { userName: 'ada', password: new Secret('right'), address },
    } as const
    await expect(signIn(here.ports)(tenant(), request)).rejects.toMatchObject({
      code: 'cross_site_request',
    })
  })

  test('a form that was opened in another browser', async () => {
    const browser = 'x'.repeat(43)
    const foreign = { code: 'interaction_foreign' }
    await expect(submit('right', { browser })).rejects.toMatchObject(foreign)
    await expect(show(sealed, browser)).rejects.toMatchObject(foreign)
  })

  test('and no password is looked at before', async () => {
    await submit('right', { origin: 'https://evil.example' }).catch(() => undefined)
    await submit('right', { browser: 'x'.repeat(43) }).catch(() => undefined)
    expect(here.ports.passwordHasher.verified()).toBe(0)
    expect(here.kept.sessions).toEqual([])
  })
})

test('a page that has expired is not shown', async () => {
  await expect(show('x')).rejects.toMatchObject({ code: 'interaction_expired' })
})
