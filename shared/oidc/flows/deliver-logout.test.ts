import { beforeEach, describe, expect, test } from 'vitest'
import type { HttpAnswer, HttpQuestion } from '#shared/ports/http-client.ts'
import {
  client,
  clientId,
  clockAt,
  countingRandom,
  now,
  sid,
  tenant,
  userId,
} from '../../../test/support/builders.ts'
import { claimsOf, plainSealer, plainSigner } from '../../../test/support/fake-ports.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { maximalAttempts, pauseAfter } from '../logout-delivery.ts'
import { renderLogoutNotice } from '../logout-notice.ts'
import { deliverLogout, type LogoutDeliveryPorts } from './deliver-logout.ts'

const backchannelUri = 'https://app.example/logout'
const answered = (status: number): HttpAnswer => ({
  kind: 'answered',
  status,
  headers: {},
  body: '',
})

let store = inMemoryStore()
let asked: HttpQuestion[] = []
let postponed: unknown[] = []
let random = countingRandom()
beforeEach(() => {
  store = inMemoryStore({ clients: [client({ logout: { backchannelUri } })] })
  asked = []
  postponed = []
  random = countingRandom()
})

const body = renderLogoutNotice({ tenant: tenant().id, user: userId, sid, client: clientId })

const deliver = (
  answer: HttpAnswer,
  attempt = 1,
  text = body,
  more: Partial<LogoutDeliveryPorts> = {},
) =>
  deliverLogout({
    ...store,
    tenants: { find: async (id) => (id === tenant().id ? tenant() : undefined) },
    signer: plainSigner,
    sealer: plainSealer(),
    http: {
      async fetch(question) {
        asked.push(question)
        return answer
      },
    },
    logoutQueue: {
      async postpone(...call) {
        postponed.push(call)
      },
    },
    clock: clockAt(),
    random,
    ...more,
  })({ body: text, receipt: 'r', attempt })

const tokens = () =>
  asked.map((question) => new URLSearchParams(question.body).get('logout_token') ?? '')

test('back-channel logout section 2.5: a POST of a form whose logout_token says who and what', async () => {
  expect(await deliver(answered(200))).toBe('delivered')
  expect(asked).toMatchObject([
    {
      method: 'POST',
      url: backchannelUri,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
  ])
  expect(tokens()[0]).toMatch(/^logout\+jwt\./)
  expect(claimsOf(tokens()[0])).toMatchObject({
    iss: tenant().issuer,
    aud: clientId,
    sub: userId,
    sid,
    iat: now,
  })
})

test('back-channel logout section 2.4: the algorithm is that of the ID tokens of the client', async () => {
  const { settings } = tenant()
  const at = tenant({ settings: { ...settings, signingAlgorithms: ['RS256', 'ES256'] } })
  const idToken = { signingAlg: 'ES256' } as const
  store.kept.clients = [client({ idToken, logout: { backchannelUri } })]
  const headers: unknown[] = []
  await deliver(answered(200), 1, body, {
    tenants: { find: async () => at },
    signer: {
      async sign(...[, header]) {
        headers.push(header)
        return 'a.b.c'
      },
    },
  })
  expect(headers).toEqual([{ typ: 'logout+jwt', alg: 'ES256' }])
})

test('oidc core section 8.1: a pairwise client hears of its own subject and session', async () => {
  store.kept.clients = [client({ subjectType: 'pairwise', logout: { backchannelUri } })]
  await deliver(answered(200))
  const [claims] = tokens().map(claimsOf)
  expect(claims?.['sub']).toEqual(expect.any(String))
  expect(claims?.['sub']).not.toBe(userId)
  expect(claims?.['sid']).toEqual(expect.any(String))
  expect(claims?.['sid']).not.toBe(sid)
})

test('back-channel logout section 2.4: each attempt has a jti of its own', async () => {
  await deliver(answered(500))
  await deliver(answered(500), 2)
  const [first, second] = tokens().map((token) => claimsOf(token)['jti'])
  expect(first).not.toBe(second)
})

describe('back-channel logout section 2.8: what the client answers decides', () => {
  test('success is an event', async () => {
    await deliver(answered(204))
    expect(store.kept.events).toMatchObject([
      { activity: 'logout-delivered', user: userId, client: clientId, time: now },
    ])
  })

  test.each([
    ['400', answered(400), 'oidc/logout-delivery/refused'],
    [
      'an address that may not be called',
      { kind: 'refused', rule: 'http/address' } as const,
      'http/address',
    ],
  ])('%s is final', async (_, answer, rule) => {
    expect(await deliver(answer)).toBe('refused')
    expect(store.kept.events).toMatchObject([{ activity: 'logout-undelivered', rule }])
    expect(postponed).toEqual([])
  })

  test.each([
    ['503', answered(503)],
    ['a redirect', answered(302)],
    ['silence', { kind: 'failed' } as const],
  ])('after %s the notice comes again, later each time', async (_, answer) => {
    for (const attempt of [1, 2, 3]) expect(await deliver(answer, attempt)).toBe('failed')
    expect(postponed).toEqual([1, 2, 3].map((attempt) => ['r', pauseAfter(attempt)]))
    expect(store.kept.events).toEqual([])
  })

  test('the last attempt is an event too', async () => {
    expect(await deliver({ kind: 'failed' }, maximalAttempts)).toBe('failed')
    expect(store.kept.events).toMatchObject([
      { activity: 'logout-undelivered', rule: 'oidc/logout-delivery/unreachable' },
    ])
  })
})

describe('nobody is told who is not to be told any more', () => {
  test('a client that was deleted', async () => {
    store.kept.clients = []
    expect(await deliver(answered(200))).toBe('dropped')
  })

  test('a client that has withdrawn its URI', async () => {
    store.kept.clients = [client()]
    expect(await deliver(answered(200))).toBe('dropped')
  })

  test('what is no notice', async () => {
    expect(await deliver(answered(200), 1, '{}')).toBe('unreadable')
    expect(asked).toEqual([])
  })
})
