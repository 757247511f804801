import { describe, expect, test } from 'vitest'
import { submit } from '../../tools/smoke/page-form.ts'
import { claimsOf } from '../support/relying-party.ts'
import { RequestParty } from '../support/request-party.ts'

const orders = 'https://orders.example/'
const stock = 'https://stock.example/'
/** Declares no scopes, and is named by no client. */
const ledger = 'https://ledger.example/'

const answerOf = (url: URL | string) => Object.fromEntries(new URL(url).searchParams)

const asking = (rp: RequestParty, scope: string, ...resources: string[]): [string, string][] => [
  ...Object.entries(rp.request({ scope })),
  ...resources.map((resource): [string, string] => ['resource', resource]),
]

async function codeFor(rp: RequestParty, scope: string, ...resources: string[]): Promise<string> {
  const url = await rp.answered(await rp.begin(asking(rp, scope, ...resources)))
  return url.searchParams.get('code') ?? ''
}

describe('the authorization request', () => {
  /**
   * A token that one API passes on to another is refused there.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.5.5
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.5.6
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.5.7
   * @spec https://www.rfc-editor.org/rfc/rfc9700#section-2.3
   * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.10.2
   */
  test('rfc8707 section 2.2 and 3: the access token is for the resource, with its scopes alone', async () => {
    const rp = new RequestParty()
    const code = await codeFor(rp, 'openid orders:read stock:read', orders)
    const { body } = await rp.redeemed(code)
    expect(claimsOf(body['access_token'])).toMatchObject({ aud: orders, scope: 'orders:read' })
    expect(body).toMatchObject({ scope: 'orders:read', id_token: expect.any(String) })
  })

  test('rfc8707 section 2: several resources, and the issuer is one', async () => {
    const rp = new RequestParty()
    const code = await codeFor(rp, 'openid orders:read stock:read', orders, stock, rp.issuer)
    const { body } = await rp.redeemed(code)
    expect(claimsOf(body['access_token'])).toMatchObject({
      aud: [orders, stock, rp.issuer],
      scope: 'openid orders:read stock:read',
    })
    expect((await rp.userInfo(String(body['access_token']))).status).toBe(200)
  })

  test('rfc8707 section 2: no resource is the issuer, as before', async () => {
    const rp = new RequestParty()
    const { body } = await rp.redeemed(await codeFor(rp, 'openid orders:read'))
    expect(claimsOf(body['access_token'])).toMatchObject({ aud: rp.issuer })
  })

  test.each([
    ['one with a fragment', `${orders}#x`],
    ['one that is not absolute', '/orders'],
    ['one that nobody knows', 'https://unknown.example/'],
  ])('rfc8707 section 2: %s is invalid_target', async (_, resource) => {
    const rp = new RequestParty()
    const { url } = await rp.begin(asking(rp, 'openid', orders, resource))
    expect(answerOf(url)).toMatchObject({ error: 'invalid_target' })
    const pushed = await rp.post('oauth2/par', asking(rp, 'openid', resource))
    expect(pushed).toMatchObject({ status: 400, body: { error: 'invalid_target' } })
  })

  test('the person sees what the access is for, by name', async () => {
    const rp = new RequestParty('asks')
    const page = await rp.submitPassword(await rp.begin(asking(rp, 'openid orders:read', orders)))
    expect(page.body).toContain('The access is for <strong><bdi>Orders</bdi></strong>.')
  })

  test('rfc8707 section 2: what a person allowed for one resource is asked again for another', async () => {
    const rp = new RequestParty('asks')
    const page = await rp.submitPassword(await rp.begin(asking(rp, 'openid orders:read', orders)))
    if (page.field('interaction') !== undefined) await submit(rp.browser, page, { allow: 'yes' })
    const isAsked = async (resource: string) =>
      (await rp.begin(asking(rp, 'openid orders:read', resource))).field('interaction') !==
      undefined
    expect(await isAsked(orders)).toBe(false)
    expect(await isAsked(ledger)).toBe(true)
  })

  test('rfc8707 section 2.1: repeated resources are pushed as well', async () => {
    const rp = new RequestParty()
    const pushed = await rp.post('oauth2/par', asking(rp, 'openid orders:read', orders, stock))
    const url = await rp.answered(await rp.beginPushed(String(pushed.body['request_uri'])))
    const { body } = await rp.redeemed(url.searchParams.get('code') ?? '')
    expect(claimsOf(body['access_token'])).toMatchObject({ aud: [orders, stock] })
  })
})

describe('the token request', () => {
  test('rfc8707 section 2.2: one of the resources, and another one at the refresh', async () => {
    const rp = new RequestParty()
    const code = await codeFor(rp, 'openid orders:read stock:read', orders, stock)
    const first = await rp.redeemed(code, { resource: orders })
    expect(claimsOf(first.body['access_token'])).toMatchObject({
      aud: orders,
      scope: 'orders:read',
    })
    const second = await rp.post('oauth2/token', {
      grant_type: 'refresh_token',
      refresh_token: String(first.body['refresh_token']),
      resource: stock,
    })
    expect(claimsOf(second.body['access_token'])).toMatchObject({
      aud: stock,
      scope: 'stock:read',
    })
  })

  test('rfc8707 section 2.2: what was not authorized is invalid_target, and the code is not burnt', async () => {
    const rp = new RequestParty()
    const code = await codeFor(rp, 'openid orders:read', orders)
    expect(await rp.redeemed(code, { resource: stock })).toMatchObject({
      status: 400,
      body: { error: 'invalid_target' },
    })
    expect(await rp.redeemed(code)).toMatchObject({ status: 200 })
  })

  test('rfc8707 section 2.2: a client that acts for itself names it here', async () => {
    const rp = new RequestParty('machine')
    const form = { grant_type: 'client_credentials', resource: stock }
    const { body } = await rp.post('oauth2/token', form)
    expect(claimsOf(body['access_token'])).toMatchObject({ aud: stock, scope: 'stock:read' })
    for (const resource of ['https://unknown.example/', ledger]) {
      const { status, body } = await rp.post('oauth2/token', { ...form, resource })
      expect([status, body['error']], resource).toEqual([400, 'invalid_target'])
    }
  })

  test('rfc8707 section 2: where a person is asked, a resource needs no scope of the client; where nobody is, it does', async () => {
    const asks = new RequestParty('asks')
    const { url, body } = await asks.begin(asking(asks, 'openid', ledger))
    expect([new URL(url).searchParams.get('error'), body]).toEqual([null, expect.anything()])
    const unasked = new RequestParty()
    const refused = await unasked.begin(asking(unasked, 'openid', ledger))
    expect(new URL(refused.url).searchParams.get('error')).toBe('invalid_target')
    const pushed = await unasked.post('oauth2/par', asking(unasked, 'openid', ledger))
    expect(pushed).toMatchObject({ status: 400, body: { error: 'invalid_target' } })
  })
})
