import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { submit } from '../../tools/smoke/page-form.ts'
import { cibaGrant } from '../support/backchannel.ts'
import { deviceGrant } from '../support/device.ts'
import { claimsOf, password, type TokenAnswer } from '../support/relying-party.ts'
import { RequestParty } from '../support/request-party.ts'

const orders = 'https://orders.example/'
const stock = 'https://stock.example/'
const payment = { type: 'payment', actions: ['initiate', 'cancel'], creditor: 'Merchant <A>' }
const part = { ...payment, actions: ['initiate'] }

type Fields = readonly (readonly [string, string])[]

const details = (...entries: readonly object[]): Fields => [
  ['authorization_details', JSON.stringify(entries)],
]
const resources = (...names: readonly string[]): Fields => names.map((name) => ['resource', name])

const party = new RequestParty('counter')
const pages = { device: 'oauth2/device', requests: 'signin/requests' } as const
const addressOf = (page: keyof typeof pages) => `${inject('origin')}/requests/${pages[page]}`

beforeAll(async () => {
  const page = await party.browser.get(addressOf('requests'))
  await submit(party.browser, page, { username: 'ada@example.com', password })
})

const send = (path: string, ...fields: readonly Fields[]): Promise<TokenAnswer> =>
  party.post(
    path,
    fields.flat().map(([name, value]): [string, string] => [name, value]),
  )

/** A request that a person has allowed. */
interface Allowed {
  /** The page on which it was allowed. */
  readonly page: string
  redeem(more?: Fields): Promise<TokenAnswer>
}

/** One way to ask a person who is elsewhere. */
interface Way {
  readonly name: string
  ask(...fields: readonly Fields[]): Promise<TokenAnswer>
  allowed(...fields: readonly Fields[]): Promise<Allowed>
}

const scope: Fields = [['scope', 'openid orders:read stock:read']]

const device: Way = {
  name: 'rfc8628 section 3.1, a device',
  ask: (...fields) => send('oauth2/device_authorization', ...fields),
  async allowed(...fields) {
    const { body } = await device.ask(...fields)
    const form = { user_code: String(body['user_code']) }
    const page = await party.browser.post(addressOf('device'), form)
    await submit(party.browser, page, { allow: 'yes' })
    const code = ['device_code', String(body['device_code'])] as const
    const redeem = (more: Fields = []) =>
      send('oauth2/token', [['grant_type', deviceGrant], code], more)
    return { page: page.body, redeem }
  },
}

const backchannel: Way = {
  name: 'ciba core section 7.1, a backchannel request',
  ask: (...fields) => send('oauth2/bc-authorize', [['login_hint', 'ada@example.com']], ...fields),
  async allowed(...fields) {
    const message = randomUUID()
    const { body } = await backchannel.ask([['binding_message', message]], ...fields)
    const { body: all } = await party.browser.get(addressOf('requests'))
    const page = all.split('<section>').find((one) => one.includes(`>${message}<`)) ?? ''
    const [, request = ''] = page.match(/name="request" value="([^"]*)"/) ?? []
    await party.browser.post(addressOf('requests'), { request, allow: 'yes' })
    const id = ['auth_req_id', String(body['auth_req_id'])] as const
    const redeem = (more: Fields = []) =>
      send('oauth2/token', [['grant_type', cibaGrant], id], more)
    return { page, redeem }
  },
}

describe.each([device, backchannel])('$name', (way) => {
  test('rfc9396 sections 2 and 7: its details are shown, authorized and told', async () => {
    const { page, redeem } = await way.allowed(scope, details(payment))
    expect(page).toContain('Make a payment')
    expect(page).toContain('<dd><bdi>initiate</bdi></dd>')
    expect(page).toContain('Merchant &lt;A&gt;')
    const { status, body } = await redeem()
    expect(status).toBe(200)
    expect(body).toMatchObject({ authorization_details: [payment] })
    expect(claimsOf(body['access_token'])).toMatchObject({ authorization_details: [payment] })
  })

  test('rfc9396 section 6: a part of them may be asked for, and no more', async () => {
    const { redeem } = await way.allowed(scope, details(payment))
    const more = { ...payment, actions: ['initiate', 'refund'] }
    const error = { error: 'invalid_authorization_details' }
    expect(await redeem(details(more))).toMatchObject({ status: 400, body: error })
    const narrowed = await redeem(details(part))
    expect(narrowed).toMatchObject({ status: 200, body: { authorization_details: [part] } })
  })

  test('rfc8707 section 2.2: its resources narrow the token, and each token to fewer', async () => {
    const { page, redeem } = await way.allowed(scope, resources(orders, stock))
    for (const service of ['Orders', 'Stock']) expect(page).toContain(service)
    expect(await redeem(resources('https://ledger.example/'))).toMatchObject({
      status: 400,
      body: { error: 'invalid_target' },
    })
    const { body } = await redeem(resources(orders))
    expect(body).toMatchObject({ scope: 'orders:read', id_token: expect.any(String) })
    expect(claimsOf(body['access_token'])).toMatchObject({ aud: orders })
    const refresh: Fields = [
      ['grant_type', 'refresh_token'],
      ['refresh_token', String(body['refresh_token'])],
    ]
    const refreshed = await send('oauth2/token', refresh, resources(stock))
    expect(claimsOf(refreshed.body['access_token'])).toMatchObject({ aud: stock })
  })

  test.each([
    ['a resource with a fragment', resources(`${orders}#x`), 'invalid_target'],
    ['a resource that nobody knows', resources('https://unknown.example/'), 'invalid_target'],
    ['details of an unknown type', details({ type: 'x' }), 'invalid_authorization_details'],
    ['a type of another client', details({ type: 'calendar' }), 'invalid_authorization_details'],
    ['an unknown field', details({ type: 'payment', iban: 'x' }), 'invalid_authorization_details'],
    ['details twice', [...details(part), ...details(part)], 'invalid_request'],
  ] as const)('rfc8707 section 2, rfc9396 section 5: %s is refused', async (_, fields, error) => {
    expect(await way.ask(scope, fields)).toMatchObject({ status: 400, body: { error } })
  })
})

test('rfc9396 section 3.1: the details of a device need no scope beside them', async () => {
  const { page, redeem } = await device.allowed(details(payment))
  expect(page).toContain('Make a payment')
  const { status, body } = await redeem()
  expect(status).toBe(200)
  expect(body).toMatchObject({ authorization_details: [payment] })
  expect(body).not.toHaveProperty('id_token')
})

test('ciba core section 7.1: details do not replace the openid of a backchannel request', async () => {
  expect(await backchannel.ask(details(payment))).toMatchObject({
    status: 400,
    body: { error: 'invalid_scope' },
  })
})
