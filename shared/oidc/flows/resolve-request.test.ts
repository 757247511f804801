import { beforeEach, describe, expect, test } from 'vitest'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { versioned } from '#shared/kernel/sealed-content.ts'
import { AuthorizationError } from '#shared/oauth/authorization/authorization-error.ts'
import type { PushedRequest } from '#shared/oauth/authorization/pushed-request.ts'
import { pushedRequestUri } from '#shared/oauth/authorization/request-uri.ts'
import {
  answerOf,
  authorizationWorld,
  pageOf,
  requestOf,
} from '../../../test/support/authorization-world.ts'
import {
  client,
  clientId,
  inSeconds,
  now,
  otherClientId,
  tenant,
  userId,
} from '../../../test/support/builders.ts'

const reference = 'r'.repeat(43)
const pushed = (more: Partial<PushedRequest> = {}): PushedRequest => ({
  tenant: tenant().id,
  client: clientId,
  referenceHash: sha256Base64url(reference),
  request: requestOf({ state: 'pushed' }),
  startsBefore: inSeconds(90),
  expiresAt: inSeconds(1890),
  ...more,
})

const uriOf = (text: string) =>
  new URLSearchParams({ client_id: clientId, request_uri: pushedRequestUri(text) }).toString()

let here = authorizationWorld()
beforeEach(() => {
  here = authorizationWorld({ pushedRequests: [pushed()] })
})

describe('a pushed request', () => {
  test('rfc9126 section 7.3: is used up by its answer, with the user in the event', async () => {
    expect(answerOf(await here.send(uriOf(reference))).get('state')).toBe('pushed')
    expect(here.kept.pushedRequests[0]).toHaveProperty('usedAt', now)
    expect(here.kept.events).toMatchObject([{ activity: 'request-answered', user: userId }])
    await expect(here.send(uriOf(reference))).rejects.toMatchObject({
      code: 'invalid_request_uri',
      rule: 'oauth/pushed-request/used',
    })
  })

  test('rfc9126 section 7.3: is not used up by a page, and answered later than it must be begun with', async () => {
    const page = pageOf(await here.send(uriOf(reference), ''))
    expect(here.kept.events).toEqual([])
    here.kept.pushedRequests = [pushed({ startsBefore: inSeconds(-10) })]
    const outcome = await here.resume(await here.returned(page))
    expect(answerOf(outcome).get('state')).toBe('pushed')
  })

  test('rfc9126 section 7.5: a reference of one client is worth nothing to another', async () => {
    here.kept.pushedRequests = [pushed({ client: otherClientId })]
    await expect(here.send(uriOf(reference))).rejects.toMatchObject({
      rule: 'oauth/pushed-request/unknown',
    })
  })

  test('rfc9126 section 7.4: what the client may no more is refused, though it was pushed in time', async () => {
    here.kept.clients = [client({ redirectUris: ['https://app.example/moved'] })]
    await expect(here.send(uriOf(reference))).rejects.toMatchObject({ code: 'invalid_request' })
    here.kept.clients = [client({ scopes: [] })]
    await expect(here.send(uriOf(reference))).rejects.toBeInstanceOf(AuthorizationError)
  })

  test('rfc9126 section 2.2: a sealed reference counts for 90 seconds, and only if it was sealed as one', async () => {
    const seal = (content: object) =>
      here.ports.sealer.seal('interaction', tenant().id, versioned(content))
    const good = await seal({ pushed: pushed() })
    expect(answerOf(await here.send(uriOf(good))).get('state')).toBe('pushed')
    const late = { pushed: pushed({ startsBefore: now }) }
    const foreign = { pushed: pushed(), use: 'interaction' }
    for (const content of [late, foreign, { request: requestOf() }]) {
      const refused = here.send(uriOf(await seal(content)))
      await expect(refused).rejects.toMatchObject({ code: 'invalid_request_uri' })
    }
  })
})

test('rfc9101 section 10.5: a client whose requests must be signed is refused without', async () => {
  here = authorizationWorld({ clients: [client({ requestObject: { isRequired: true } })] })
  const refused = here.ask()
  await expect(refused).rejects.toBeInstanceOf(AuthorizationError)
  await expect(refused).rejects.toMatchObject({ refusal: { rule: 'oauth/authorize/not-signed' } })
})

test('an interaction of another page is none of ours: it requires less', async () => {
  const page = pageOf(await here.ask({ prompt: 'login' }))
  const foreign = await here.returned(page, { returnTo: 'oauth2/device', requirements: {} })
  await expect(here.resume(foreign)).rejects.toMatchObject({
    code: 'interaction_expired',
    rule: 'oidc/authorize/other-interaction',
  })
})

test.each([
  ['both', { request: 'a.b.c', request_uri: 'https://app.example/request' }],
  ['two objects', { request: 'a.b.c' }, 'request=d.e.f'],
  ['two addresses', { request_uri: 'https://app.example/a' }, 'request_uri=https://app.example/b'],
])(
  'oidc core section 6: request and request_uri are never used together, nor twice: %s',
  async (_, parameters, more = '') => {
    await expect(here.send(`${requestOf(parameters)}&${more}`)).rejects.toMatchObject({
      refusal: { code: 'invalid_request', rule: 'oauth/request-object/ambiguous' },
    })
  },
)
