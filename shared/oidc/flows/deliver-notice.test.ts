import { beforeEach, describe, expect, test } from 'vitest'
import { type ClientId, trusted } from '#shared/kernel/ids.ts'
import { versioned } from '#shared/kernel/sealed-content.ts'
import type {
  BackchannelRequest,
  BackchannelRequestId,
} from '#shared/oauth/polling/backchannel-request.ts'
import { pollInterval } from '#shared/oauth/polling/poll-pace.ts'
import type { HttpAnswer, HttpQuestion } from '#shared/ports/http-client.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import {
  client,
  clientId,
  clockAt,
  countingRandom,
  inSeconds,
  now,
  otherClientId,
  sid,
  tenant,
  userId,
} from '../../../test/support/builders.ts'
import { claimsOf, plainSealer, plainSigner } from '../../../test/support/fake-ports.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { renderClientNotice } from '../client-notice.ts'
import { maximalAttempts, pauseAfter } from '../notice-delivery.ts'
import { deliverNotice, type NoticeDeliveryPorts } from './deliver-notice.ts'

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

const facts = { tenant: tenant().id, user: userId, client: clientId }
const body = renderClientNotice({ kind: 'logout', ...facts, sid })

const deliver = (
  answer: HttpAnswer,
  attempt = 1,
  text = body,
  more: Partial<NoticeDeliveryPorts> = {},
) =>
  deliverNotice({
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
    noticeQueue: {
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
    ['400', answered(400), 'oidc/notice-delivery/refused'],
    ['a redirect', answered(302), 'oidc/notice-delivery/refused'],
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
    ['silence', { kind: 'failed' } as const],
  ])('after %s the notice comes again, later each time', async (_, answer) => {
    for (const attempt of [1, 2, 3]) expect(await deliver(answer, attempt)).toBe('failed')
    expect(postponed).toEqual([1, 2, 3].map((attempt) => ['r', pauseAfter('logout', attempt)]))
    expect(store.kept.events).toEqual([])
  })

  test('the last attempt is an event too', async () => {
    expect(await deliver({ kind: 'failed' }, maximalAttempts)).toBe('failed')
    expect(store.kept.events).toMatchObject([
      { activity: 'logout-undelivered', rule: 'oidc/notice-delivery/unreachable' },
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

describe('cimd section 5: a client whose document cannot be had', () => {
  const described = trusted<ClientId>('https://app.example/client')
  const text = renderClientNotice({ kind: 'logout', ...facts, client: described, sid })
  const { settings } = tenant()
  const taking = tenant({ settings: { ...settings, selfRegistration: { documentHosts: ['*'] } } })
  const tell = (at: Tenant, attempt = 1) =>
    deliver(answered(200), attempt, text, { tenants: { find: async () => at } })

  test('is told later, as one that does not answer', async () => {
    expect(await tell(taking)).toBe('failed')
    expect(postponed).toEqual([['r', pauseAfter('logout', 1)]])
    expect(await tell(taking, maximalAttempts)).toBe('failed')
    expect(store.kept.events).toMatchObject([
      { activity: 'logout-undelivered', rule: 'oidc/notice-delivery/no-document' },
    ])
    expect(asked).toEqual([])
  })

  test('is not told once the tenant takes no documents from there', async () => {
    expect(await tell(tenant())).toBe('dropped')
  })
})

describe('ciba core section 10.2: a client that wants to be told of an answer', () => {
  const notificationEndpoint = 'https://till.example/called'
  const id = trusted<BackchannelRequestId>('b'.repeat(22))
  const ping = renderClientNotice({ kind: 'ping', ...facts, request: id })
  const sealer = plainSealer()
  const request = async (): Promise<BackchannelRequest> => ({
    tenant: tenant().id,
    user: userId,
    id,
    client: clientId,
    scopes: ['openid'],
    issuedAt: now,
    expiresAt: inSeconds(300),
    interval: pollInterval,
    notification: await sealer.seal(
      'handle',
      tenant().id,
      versioned({ authReqId: 'the-id', token: 'the-token' }),
    ),
  })

  beforeEach(async () => {
    const backchannelAuthentication = { deliveryMode: 'ping', notificationEndpoint } as const
    store.kept.clients = [client({ backchannelAuthentication })]
    store.kept.backchannel = [await request()]
  })

  test('gets a POST of JSON with its own token, which the queue never held', async () => {
    expect(await deliver(answered(204), 1, ping, { sealer })).toBe('delivered')
    expect(asked).toEqual([
      {
        method: 'POST',
        url: notificationEndpoint,
        headers: { authorization: 'Bearer the-token', 'content-type': 'application/json' },
        body: '{"auth_req_id":"the-id"}',
        purpose: 'backchannel-ping',
      },
    ])
    expect(ping).not.toMatch(/the-token|the-id/)
    expect(store.kept.events).toMatchObject([
      { activity: 'ping-delivered', user: userId, client: clientId, time: now },
    ])
  })

  test.each([
    ['503', answered(503)],
    ['silence', { kind: 'failed' } as const],
  ])('after %s it is told again, soon', async (_, answer) => {
    for (const attempt of [1, 2]) expect(await deliver(answer, attempt, ping)).toBe('failed')
    expect(postponed).toEqual([1, 2].map((attempt) => ['r', pauseAfter('ping', attempt)]))
    expect(asked).toHaveLength(2)
  })

  test.each([301, 401, 403])(
    'after %d it is not told again, nor somewhere else',
    async (status) => {
      expect(await deliver(answered(status), 1, ping)).toBe('refused')
      expect(postponed).toEqual([])
      expect(asked).toHaveLength(1)
    },
  )

  test('is given up at the last attempt, which is an event', async () => {
    expect(await deliver(answered(503), maximalAttempts, ping)).toBe('failed')
    expect(store.kept.events).toMatchObject([
      { activity: 'ping-undelivered', client: clientId, rule: 'oidc/notice-delivery/status' },
    ])
  })

  test.each<[string, Partial<typeof store.kept>]>([
    ['was deleted', { clients: [] }],
    ['has come to poll', { clients: [client()] }],
    ['asked for what is gone by now', { backchannel: [] }],
  ])('hears nothing when it %s', async (_, kept) => {
    Object.assign(store.kept, kept)
    expect(await deliver(answered(204), 1, ping)).toBe('dropped')
    expect(asked).toEqual([])
  })

  test('ciba core section 14: is never told the token of another client', async () => {
    store.kept.backchannel = [{ ...(await request()), client: otherClientId }]
    expect(await deliver(answered(204), 1, ping)).toBe('dropped')
    expect(asked).toEqual([])
  })
})
