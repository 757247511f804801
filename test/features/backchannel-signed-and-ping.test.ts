import { randomUUID } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openRequests, Till } from '../support/backchannel.ts'
import { signedAssertion } from '../support/client-assertion.ts'
import keys from '../support/client-keys.json' with { type: 'json' }
import { type ListeningApp, startListeningApp } from '../support/listening-app.ts'
import { registerLike } from '../support/own-client.ts'
import { claimsOf, tenantUnderTest } from '../support/relying-party.ts'

const origin = inject('origin')
const till = new Till(origin)

/** Nobody else's requests push hers off the page. */
const person = 'grace@example.com'

let grace: Awaited<ReturnType<typeof openRequests>>
beforeAll(async () => {
  grace = await openRequests(origin, person)
})

describe('a signed request', () => {
  const signing = new Till(origin, { id: 'signing-till' })

  async function objectOf(claims: Record<string, unknown> = {}, header = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const defaults = {
      iss: 'signing-till',
      aud: till.issuer,
      jti: randomUUID(),
      iat: now,
      nbf: now,
      exp: now + 60,
      scope: 'openid',
      login_hint: 'ada@example.com',
      requested_expiry: 120,
    }
    const key = await importJWK(keys.ES256, 'ES256')
    return new SignJWT({ ...defaults, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: keys.ES256.kid, ...header })
      .sign(key)
  }

  async function send(form: Record<string, string>) {
    const assertion = await signedAssertion({
      iss: 'signing-till',
      sub: 'signing-till',
      aud: till.issuer,
    })
    return signing.send({
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      ...form,
    })
  }

  test('ciba core section 7.1.1: its parameters count, numbers among them', async () => {
    expect(await send({ request: await objectOf() })).toMatchObject({
      status: 200,
      body: { expires_in: 120 },
    })
  })

  test('ciba core section 7.1.1: a client that is registered to sign must sign', async () => {
    const form = { scope: 'openid', login_hint: 'ada@example.com' }
    expect(await send(form)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  test('ciba core section 7.1.1: nothing of the request stands beside it', async () => {
    const form = { request: await objectOf(), scope: 'openid' }
    expect(await send(form)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  test.each([
    ['another issuer', { iss: 'till' }, {}],
    ['another audience', { aud: 'https://other.example' }, {}],
    ['an end in the past', { exp: 1 }, {}],
    ['no end', { exp: undefined }, {}],
    ['a beginning in the future', { nbf: 32_503_680_000 }, {}],
    ['no beginning', { nbf: undefined }, {}],
    ['no iat', { iat: undefined }, {}],
    ['no jti', { jti: undefined }, {}],
    ['another type', {}, { typ: 'at+jwt' }],
  ])('ciba core section 7.1.1: an object with %s is invalid_request', async (_, claims, header) => {
    const request = await objectOf(claims, header)
    expect(await send({ request })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    })
  })

  test('ciba core section 7.1.1: a signature of another algorithm than the registered one is refused', async () => {
    const key = await importJWK(keys.RS256, 'RS256')
    const now = Math.floor(Date.now() / 1000)
    const claims = { ...claimsOf(await objectOf()), exp: now + 60 }
    const request = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: keys.RS256.kid })
      .sign(key)
    expect(await send({ request })).toMatchObject({ body: { error: 'invalid_request' } })
  })
})

test('ciba core section 7.1 and ciba core section 15: id_token_hint of a pairwise client names the user', async () => {
  const id = await registerLike(inject('aws'), [tenantUnderTest, 'till'], {
    subjectType: 'pairwise',
    sectorIdentifierUri: 'https://till.example/sector.json',
  })
  const pairwise = new Till(origin, { id, secret: 'till-secret' })
  const binding_message = randomUUID()
  const authReqId = await pairwise.authReqId({ login_hint: person, binding_message })
  await grace.press('allow', binding_message)
  const { body } = await pairwise.redeem(authReqId)
  const hint = { scope: 'openid', id_token_hint: String(body['id_token']) }
  expect(await pairwise.send(hint)).toMatchObject({ status: 200 })
})

describe('ping', () => {
  let app: ListeningApp
  let client: { id: string; secret: string }
  beforeAll(async () => {
    app = await startListeningApp(() => '')
    const id = await registerLike(inject('aws'), [tenantUnderTest, 'called-till'], {
      backchannelAuthentication: {
        deliveryMode: 'ping',
        notificationEndpoint: `${app.origin}/called`,
      },
    })
    client = { id, secret: 'called-secret' }
  })
  afterAll(() => app?.close())

  const token = 'n-0S6_WzA2Mj.~+/=='

  /** What the client has heard of a request, for the first time or the `count`th. */
  async function pingAbout(id: string, count = 1) {
    const pings = () => app.heard.filter(({ body }) => body.includes(id))
    await expect.poll(() => pings().length, { timeout: 10_000 }).toBe(count)
    return pings().at(-1)
  }

  test.each(['allow', 'deny'] as const)(
    'ciba core section 10.2: the client is told that there is an answer: %s',
    async (button) => {
      const called = new Till(origin, client)
      const binding_message = randomUUID()
      const form = { login_hint: person, binding_message, client_notification_token: token }
      const id = await called.authReqId(form)
      await grace.press(button, binding_message)
      const ping = await pingAbout(id)
      expect(ping).toMatchObject({
        method: 'POST',
        path: '/called',
        type: 'application/json',
        authorization: `Bearer ${token}`,
      })
      expect(ping?.body).toBe(JSON.stringify({ auth_req_id: id }))
      expect((await called.redeem(id)).status).toBe(button === 'allow' ? 200 : 400)
    },
  )

  test('ciba core section 10.2: a client that is away is told when it is back', async () => {
    const called = new Till(origin, client)
    const binding_message = randomUUID()
    const id = await called.authReqId({
      login_hint: person,
      binding_message,
      client_notification_token: token,
    })
    app.answerWith(503)
    await grace.press('allow', binding_message)
    const first = await pingAbout(id)
    expect(await pingAbout(id, 2)).toEqual(first)
    expect((await called.redeem(id)).status).toBe(200)
  })

  test.each([
    ['missing', {}],
    ['malformed', { client_notification_token: 'a b' }],
    ['too long', { client_notification_token: 'x'.repeat(1025) }],
  ])(
    'ciba core section 7.1: a client_notification_token that is %s is refused',
    async (_, form) => {
      expect(await new Till(origin, client).ask(form)).toMatchObject({
        status: 400,
        body: { error: 'invalid_request' },
      })
    },
  )
})
