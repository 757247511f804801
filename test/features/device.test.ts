import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { Visit } from '../../tools/smoke/browser.ts'
import { formOf, submit } from '../../tools/smoke/page-form.ts'
import { signedAssertion } from '../support/client-assertion.ts'
import { Device, deviceGrant } from '../support/device.ts'
import { registerLike } from '../support/own-client.ts'
import { claimsOf, password, RelyingParty, tenantUnderTest } from '../support/relying-party.ts'

const origin = inject('origin')
const device = new Device(origin)
const tv = new Device(origin, { id: 'tv' })
const page = `${device.issuer}/oauth2/device`

/** Somebody who has opened the device page and signed in. */
class Visitor {
  readonly party = new RelyingParty(origin)

  async signIn(address = page, username = 'ada@example.com'): Promise<Visit> {
    const shown = await this.party.browser.get(address)
    return submit(this.party.browser, shown, { username, password })
  }

  enter(userCode: string): Promise<Visit> {
    return this.party.browser.post(page, { user_code: userCode })
  }

  async press(button: 'allow' | 'deny', userCode: string): Promise<Visit> {
    return submit(this.party.browser, await this.enter(userCode), { [button]: 'yes' })
  }
}

const visitor = new Visitor()
beforeAll(async () => {
  expect((await visitor.signIn()).status).toBe(200)
})

describe('the device authorization endpoint', () => {
  test('rfc8628 section 3.2: the answer is complete and never stored', async () => {
    const { status, body } = await device.request()
    expect(status).toBe(200)
    expect(body).toEqual({
      device_code: expect.stringMatching(/^[a-z0-9-]+\.[\w-]{43}\.[\w-]{43}$/),
      user_code: expect.stringMatching(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/),
      verification_uri: page,
      verification_uri_complete: `${page}?user_code=${body['user_code']}`,
      expires_in: 600,
      interval: 5,
    })
  })

  test('rfc8628 section 3.1: a public client names itself', async () => {
    expect(await tv.request()).toMatchObject({ status: 200 })
  })

  test('rfc8628 section 3.1: a client proves itself as at the token endpoint, once with each assertion', async () => {
    const id = await registerLike(inject('aws'), [tenantUnderTest, 'jwt'], {
      grantTypes: [deviceGrant],
    })
    const client_assertion = await signedAssertion({ iss: id, sub: id, aud: device.issuer })
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
    const form = { scope: 'openid', client_assertion_type, client_assertion }
    const proven = new Device(origin, { id })
    expect(await proven.request(form)).toMatchObject({ status: 200 })
    expect(await proven.request(form)).toMatchObject({ status: 401 })
  })

  test.each([
    [
      'a wrong secret',
      new Device(origin, { id: 'set-top', secret: 'x' }),
      {},
      401,
      'invalid_client',
    ],
    ['no client', new Device(origin, { id: '' }), {}, 401, 'invalid_client'],
    [
      'a client without the grant',
      new Device(origin, { id: 'native' }),
      {},
      400,
      'unauthorized_client',
    ],
    ['a scope that is malformed', device, { scope: '"' }, 400, 'invalid_scope'],
    ['scopes of which none is registered', device, { scope: 'email' }, 400, 'invalid_scope'],
  ])('rfc8628 section 3.1: %s is refused', async (_, asking, form, status, error) => {
    expect(await asking.request({ scope: 'openid', ...form })).toMatchObject({
      status,
      body: { error },
    })
  })

  test('rfc8628 section 3.1: the endpoint takes POST alone', async () => {
    expect((await fetch(`${device.issuer}/oauth2/device_authorization`)).status).toBe(404)
  })
})

describe('the token endpoint', () => {
  test('rfc8628 section 3.4: once allowed, the device gets its tokens, once', async () => {
    const { userCode, poll } = await tv.start({ scope: 'openid profile offline_access' })
    expect(await poll()).toMatchObject({ status: 400, body: { error: 'authorization_pending' } })
    const done = await visitor.press('allow', userCode)
    expect(done.body).toContain('Your device is connected')
    const { status, body } = await poll()
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'openid profile offline_access' })
    expect(claimsOf(body['id_token'])).toMatchObject({ aud: 'tv', amr: ['pwd'] })
    const userInfo = await visitor.party.userInfo(String(body['access_token']))
    expect(userInfo.body).toMatchObject({ name: 'Ada Lovelace' })
    expect(await poll()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await visitor.party.userInfo(String(body['access_token']))).toMatchObject({
      status: 401,
    })
  })

  test('rfc6749 section 6: the device refreshes its tokens', async () => {
    const { userCode, poll } = await tv.start({ scope: 'openid offline_access' })
    await visitor.press('allow', userCode)
    const { body } = await poll()
    const form = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }
    expect(await tv.send('oauth2/token', form)).toMatchObject({ status: 200 })
  })

  test('rfc8628 section 3.5: denied is access_denied', async () => {
    const { userCode, poll } = await device.start()
    const done = await visitor.press('deny', userCode)
    expect(done.body).toContain('The device was turned away')
    expect(await poll()).toMatchObject({ status: 400, body: { error: 'access_denied' } })
  })

  test('rfc8628 section 3.5: a poll that comes too early is slow_down, whoever sends it beside', async () => {
    const { poll } = await device.start()
    const polls = await Promise.all(Array.from({ length: 5 }, poll))
    const errors = polls.map(({ body }) => body['error']).sort()
    expect(errors).toEqual(['authorization_pending', ...Array(4).fill('slow_down')])
    expect(await poll()).toMatchObject({ status: 400, body: { error: 'slow_down' } })
  })

  test('rfc8628 section 3.4: another client cannot redeem the device code', async () => {
    const { userCode, deviceCode, poll } = await device.start()
    await visitor.press('allow', userCode)
    expect(await tv.poll(deviceCode)).toMatchObject({ body: { error: 'invalid_grant' } })
    expect(await poll()).toMatchObject({ status: 200 })
  })

  test.each([
    ['is none of ours', 'x'],
    ['has another secret', undefined],
  ])('rfc8628 section 5.2: a device code that %s is invalid_grant', async (_, given) => {
    const { deviceCode } = await device.start()
    const forged = given ?? `${deviceCode.slice(0, -43)}${'A'.repeat(43)}`
    expect(await device.poll(forged)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
  })

  test('rfc8628 section 3.4: device_code is required', async () => {
    expect(await device.send('oauth2/token', { grant_type: deviceGrant })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    })
  })

  test('rfc6749 section 10.5: of many redemptions at once one is answered with tokens', async () => {
    const { userCode, poll } = await device.start()
    await visitor.press('allow', userCode)
    const polls = await Promise.all(Array.from({ length: 10 }, poll))
    expect(polls.filter(({ status }) => status === 200)).toHaveLength(1)
  })
})

describe('the device page', () => {
  test('rfc8628 section 3.3: who is not signed in signs in first, and the code of the address stays', async () => {
    const { userCode, body } = await device.start()
    const somebody = new Visitor()
    const shown = await somebody.signIn(
      String(body['verification_uri_complete']),
      'grace@example.com',
    )
    expect(shown.status).toBe(200)
    expect(shown.field('user_code')).toBe(userCode)
    expect(shown.body).toContain('Grace Hopper')
  })

  test('rfc8628 section 3.3.1: an address with the code connects nothing by itself', async () => {
    const { body, poll } = await device.start()
    await visitor.party.browser.get(String(body['verification_uri_complete']))
    expect(await poll()).toMatchObject({ body: { error: 'authorization_pending' } })
  })

  test('rfc8628 section 5.4: the person sees which app, which code, and what it would get', async () => {
    const { userCode } = await tv.start({ scope: 'openid profile' })
    const asked = await visitor.enter(userCode.toLowerCase().replace('-', ' '))
    for (const said of [
      'Living Room TV',
      'tv.example',
      userCode,
      'Ada Lovelace',
      'See your profile',
    ])
      expect(asked.body).toContain(said)
  })

  test('rfc8628 section 5.6: an app that asks for consent nowhere else is asked about here', async () => {
    const { userCode, poll } = await device.start()
    const asked = await visitor.enter(userCode)
    expect(asked.body).toContain('name="allow"')
    expect(await poll()).toMatchObject({ body: { error: 'authorization_pending' } })
  })

  test('rfc8628 section 6.1: a code that is none is told so', async () => {
    const answer = await visitor.enter('nope')
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('No device waits for this code')
  })

  test('rfc8628 section 3.3: a code is answered once', async () => {
    const { userCode, poll } = await device.start()
    const asked = await visitor.enter(userCode)
    await submit(visitor.party.browser, asked, { deny: 'yes' })
    const again = await submit(visitor.party.browser, asked, { allow: 'yes' })
    expect(again.status).toBe(400)
    expect(await poll()).toMatchObject({ body: { error: 'access_denied' } })
  })

  test('rfc9700 section 4.7: a form from another site is refused', async () => {
    const { userCode } = await device.start()
    const answer = await visitor.party.browser.post(
      page,
      { user_code: userCode },
      'https://evil.example',
    )
    expect(answer.status).toBe(403)
  })

  test('rfc9700 section 4.7: only the session that was asked may answer', async () => {
    const { userCode, poll } = await device.start()
    const { fields } = formOf(await visitor.enter(userCode))
    const other = new Visitor()
    await other.signIn(page, 'grace@example.com')
    const answer = await other.party.browser.post(page, { ...fields, allow: 'yes' })
    expect(answer.status).toBe(400)
    expect(await poll()).toMatchObject({ body: { error: 'authorization_pending' } })
  })
})

test('rfc8628 section 5.1: after ten codes in a quarter of an hour a person waits, even with the right one', async () => {
  const globex = `${origin}/globex/oauth2/device`
  const { browser } = new RelyingParty(origin, 'globex')
  const form = { username: 'ada@example.com', password }
  await submit(browser, await browser.get(globex), form)
  for (let tries = 0; tries < 10; tries++) {
    const guess = await browser.post(globex, { user_code: 'BCDF-GHJK' })
    expect(guess.status).toBe(422)
  }
  const { userCode } = await new Device(origin, { id: 'tv' }, 'globex').start()
  const right = await browser.post(globex, { user_code: userCode })
  expect(right.status).toBe(429)
  expect(right.body).not.toContain('name="allow"')
})

test('rfc8628 section 4: the metadata names the endpoint and the grant', async () => {
  const response = await fetch(`${origin}/${tenantUnderTest}/.well-known/openid-configuration`)
  const metadata = JSON.parse(await response.text())
  expect(metadata.device_authorization_endpoint).toBe(
    `${device.issuer}/oauth2/device_authorization`,
  )
  expect(metadata.grant_types_supported).toContain(deviceGrant)
})
