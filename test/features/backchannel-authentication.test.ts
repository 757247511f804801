import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { cibaGrant, openRequests, Till } from '../support/backchannel.ts'
import { claimsOf, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const till = new Till(origin)
const party = new RelyingParty(origin)

let ada: Awaited<ReturnType<typeof openRequests>>
beforeAll(async () => {
  ada = await openRequests(origin)
})

/** A text that only one request carries. */
const anyMessage = () => `No. ${randomUUID()}`.slice(0, 40)

describe('the backchannel authentication endpoint', () => {
  test('ciba core section 7.3: the answer says how to go on', async () => {
    expect(await till.ask()).toEqual({
      status: 200,
      body: {
        auth_req_id: expect.stringMatching(/^[A-Za-z0-9._-]{64,}$/),
        expires_in: 300,
        interval: 5,
      },
    })
  })

  test('ciba core section 7.1: requested_expiry is granted up to ten minutes', async () => {
    expect((await till.ask({ requested_expiry: '60' })).body['expires_in']).toBe(60)
    expect((await till.ask({ requested_expiry: '86400' })).body['expires_in']).toBe(600)
  })

  test('ciba core section 7.1: id_token_hint of this client names the user', async () => {
    const binding_message = anyMessage()
    const id = await till.authReqId({ binding_message })
    await ada.press('allow', binding_message)
    const { body } = await till.redeem(id)
    const hint = { scope: 'openid', id_token_hint: String(body['id_token']) }
    expect(await till.send(hint)).toMatchObject({ status: 200 })
    const { idToken } = await party.tokens()
    expect(await till.send({ ...hint, id_token_hint: idToken })).toMatchObject({
      status: 400,
      body: { error: 'unknown_user_id' },
    })
  })

  test.each([
    ['no scope', { scope: '' }, 'invalid_scope'],
    ['a scope without openid', { scope: 'profile' }, 'invalid_scope'],
    ['no hint', { login_hint: '' }, 'invalid_request'],
    ['two hints', { id_token_hint: 'x' }, 'invalid_request'],
    ['login_hint_token', { login_hint: '', login_hint_token: 'x' }, 'invalid_request'],
    ['an unknown user', { login_hint: 'nobody@example.com' }, 'unknown_user_id'],
    ['a disabled user', { login_hint: 'gone@example.com' }, 'unknown_user_id'],
    ['a forged id_token_hint', { login_hint: '', id_token_hint: 'a.b.c' }, 'unknown_user_id'],
    ['a long binding_message', { binding_message: 'x'.repeat(65) }, 'invalid_binding_message'],
    ['a binding_message with a control', { binding_message: 'a\nb' }, 'invalid_binding_message'],
    ['a binding_message that turns', { binding_message: 'a\u202eb' }, 'invalid_binding_message'],
    ['a negative requested_expiry', { requested_expiry: '-1' }, 'invalid_request'],
    ['a requested_expiry of nothing', { requested_expiry: '0' }, 'invalid_request'],
    ['a forged request object', { request: 'a.b.c' }, 'invalid_request'],
  ])('ciba core section 13: %s is refused', async (_, form, error) => {
    expect(await till.ask(form)).toMatchObject({ status: 400, body: { error } })
  })

  test.each([
    ['a wrong secret', { id: 'till', secret: 'x' }, 401, 'invalid_client'],
    ['a client without the grant', { id: 'web', secret: 'web-secret' }, 400, 'unauthorized_client'],
    ['a public client', { id: 'spa' }, 400, 'unauthorized_client'],
  ])('ciba core section 7.2: %s is refused', async (_, client, status, error) => {
    expect(await new Till(origin, client).ask()).toMatchObject({ status, body: { error } })
  })
})

describe('the token endpoint', () => {
  test('ciba core section 10.1.1: once allowed, the client gets its tokens, once', async () => {
    const binding_message = anyMessage()
    const id = await till.authReqId({ binding_message, scope: 'openid profile' })
    expect(await till.redeem(id)).toMatchObject({
      status: 400,
      body: { error: 'authorization_pending' },
    })
    await ada.press('allow', binding_message)
    const { status, body } = await till.redeem(id)
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'openid profile' })
    expect(claimsOf(body['id_token'])).toMatchObject({ aud: 'till', amr: ['pwd'] })
    const userInfo = await party.userInfo(String(body['access_token']))
    expect(userInfo.body).toMatchObject({ name: 'Ada Lovelace' })
    expect(await till.redeem(id)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await party.userInfo(String(body['access_token']))).toMatchObject({ status: 401 })
  })

  test('ciba core section 11: denied is access_denied', async () => {
    const binding_message = anyMessage()
    const id = await till.authReqId({ binding_message })
    await ada.press('deny', binding_message)
    expect(await till.redeem(id)).toMatchObject({ status: 400, body: { error: 'access_denied' } })
  })

  test('ciba core section 11: a poll that comes too early is slow_down', async () => {
    const id = await till.authReqId()
    const polls = await Promise.all(Array.from({ length: 4 }, () => till.redeem(id)))
    const errors = polls.map(({ body }) => body['error']).sort()
    expect(errors).toEqual(['authorization_pending', 'slow_down', 'slow_down', 'slow_down'])
  })

  test('ciba core section 11: after its time a request is expired_token', async () => {
    const id = await till.authReqId({ requested_expiry: '1' })
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(await till.redeem(id)).toMatchObject({ status: 400, body: { error: 'expired_token' } })
  })

  test('ciba core section 10.1: another client cannot redeem the auth_req_id', async () => {
    const binding_message = anyMessage()
    const id = await till.authReqId({ binding_message })
    await ada.press('allow', binding_message)
    const other = new Till(origin, { id: 'called-till', secret: 'called-secret' })
    expect(await other.redeem(id)).toMatchObject({ body: { error: 'invalid_grant' } })
    expect(await till.redeem(id)).toMatchObject({ status: 200 })
  })

  test('ciba core section 7.3: no auth_req_id but ours is worth anything, nor is any other sealed value', async () => {
    const { accessToken } = await party.tokens()
    const region = (await till.authReqId()).split('.')[0]
    const handle = `${region}.${claimsOf(accessToken)['hdl']}`
    for (const forged of ['x', 'local.x', handle]) {
      expect(await till.redeem(forged)).toMatchObject({ body: { error: 'invalid_grant' } })
    }
  })
})

describe('the page of requests', () => {
  test('ciba core section 7.1: it shows who asks for what, and the message to compare', async () => {
    const binding_message = anyMessage()
    await till.ask({ binding_message, scope: 'openid profile' })
    const { body } = await ada.look()
    for (const said of ['Harbour Till', 'till.example', binding_message, 'See your profile'])
      expect(body).toContain(said)
    await ada.press('deny', binding_message)
    expect((await ada.look()).body).not.toContain(binding_message)
  })

  test('ciba core section 8: nobody else sees or answers the request of a user', async () => {
    const binding_message = anyMessage()
    const id = await till.authReqId({ binding_message })
    const { body } = await ada.look()
    const section = body.split('<section>').find((part) => part.includes(binding_message)) ?? ''
    const [, request = ''] = section.match(/name="request" value="([^"]*)"/) ?? []
    const grace = await openRequests(origin, 'grace@example.com')
    expect((await grace.look()).body).not.toContain(binding_message)
    const address = `${till.issuer}/signin/requests`
    const answer = await grace.browser.post(address, { request, allow: 'yes' })
    expect(answer.status).toBe(400)
    expect(await till.redeem(id)).toMatchObject({ body: { error: 'authorization_pending' } })
  })

  test('rfc9700 section 4.7: an answer from another site is refused', async () => {
    const address = `${till.issuer}/signin/requests`
    const form = { request: 'r'.repeat(22), allow: 'yes' }
    const answer = await ada.browser.post(address, form, 'https://evil.example')
    expect(answer.status).toBe(403)
  })
})

test('ciba core section 4: the metadata say what is accepted', async () => {
  const response = await fetch(`${till.issuer}/.well-known/openid-configuration`)
  const metadata = JSON.parse(await response.text())
  expect(metadata).toMatchObject({
    backchannel_authentication_endpoint: `${till.issuer}/oauth2/bc-authorize`,
    backchannel_token_delivery_modes_supported: ['poll', 'ping'],
    backchannel_user_code_parameter_supported: false,
  })
  expect(metadata.grant_types_supported).toContain(cibaGrant)
})
