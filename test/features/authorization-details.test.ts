import { describe, expect, test } from 'vitest'
import { submit } from '../../tools/smoke/page-form.ts'
import { claimsOf } from '../support/relying-party.ts'
import { RequestParty } from '../support/request-party.ts'

const payment = {
  type: 'payment',
  actions: ['initiate', 'cancel'],
  amount: { currency: 'EUR', value: '123.50' },
  creditor: 'Merchant <A>',
}

const details = (...entries: object[]) => ({ authorization_details: JSON.stringify(entries) })

const answerOf = (url: URL | string) => Object.fromEntries(new URL(url).searchParams)

async function codeFor(rp: RequestParty, more: Record<string, string>): Promise<string> {
  const url = await rp.answered(await rp.begin(rp.request(more)))
  return url.searchParams.get('code') ?? ''
}

describe('what is authorized', () => {
  test('rfc9396 section 3, 7, 9 and 9.1: is told in the token response and in the access token', async () => {
    const rp = new RequestParty()
    const { body } = await rp.redeemed(await codeFor(rp, details(payment)))
    expect(body).toMatchObject({ authorization_details: [payment] })
    expect(claimsOf(body['access_token'])).toMatchObject({ authorization_details: [payment] })
  })

  test('rfc9396 section 3.1: needs no scope beside it', async () => {
    const rp = new RequestParty()
    const { status, body } = await rp.redeemed(
      await codeFor(rp, { ...details(payment), scope: '' }),
    )
    expect(status).toBe(200)
    expect(body).not.toHaveProperty('scope')
    expect(body).not.toHaveProperty('id_token')
  })

  test('rfc9396 section 1: the person sees it, escaped, each time anew', async () => {
    const rp = new RequestParty('asks')
    const page = await rp.submitPassword(await rp.begin(rp.request(details(payment))))
    expect(page.body).toContain('Make a payment')
    for (const text of ['initiate', 'cancel', 'EUR', '123.50']) {
      expect(page.body).toContain(`<dd><bdi>${text}</bdi></dd>`)
    }
    expect(page.body).toContain('Merchant &lt;A&gt;')
    const answer = await submit(rp.browser, page, { allow: 'yes' })
    expect(answerOf(answer.url)).toHaveProperty('code')
    expect((await rp.begin(rp.request(details(payment)))).body).toContain('name="allow"')
  })

  test('rfc9396 section 1: the person is asked although there is no scope to ask for', async () => {
    const rp = new RequestParty('asks')
    const request = rp.request({ ...details(payment), scope: '' })
    const page = await rp.submitPassword(await rp.begin(request))
    expect(page.body).toContain('Make a payment')
    expect(page.body).toContain('name="allow"')
  })

  test('rfc9396 section 9.2: introspection tells it', async () => {
    const rp = new RequestParty()
    const { body } = await rp.redeemed(await codeFor(rp, details(payment)))
    const token = String(body['access_token'])
    expect(await rp.post('oauth2/introspect', { token })).toMatchObject({
      body: { active: true, authorization_details: [payment], acr: 'urn:example:acr:password' },
    })
  })

  test('rfc9396 section 11.4 and 13: a large one is pushed, and makes the code no longer than any other', async () => {
    const rp = new RequestParty()
    const large = { ...payment, creditor: 'm'.repeat(3000) }
    const url = await rp.answered(await rp.beginPushed(await rp.pushed(details(large))))
    const code = url.searchParams.get('code') ?? ''
    expect(code.length).toBeLessThan(1600)
    expect(await rp.redeemed(code)).toMatchObject({ body: { authorization_details: [large] } })
    expect(await rp.redeemed(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })
})

describe('rfc9396 section 5: is refused with invalid_authorization_details', () => {
  test.each([
    ['what is no array', 'true'],
    ['what is no JSON', '[{'],
    ['an entry without a type', '[{"actions":["read"]}]'],
    ['an unknown type', '[{"type":"nonsense"}]'],
    ['a type of another client', '[{"type":"calendar"}]'],
    ['an unknown field', '[{"type":"payment","iban":"x"}]'],
    ['a common field of the wrong type', '[{"type":"payment","actions":"initiate"}]'],
    ['a number that no table takes', '[{"type":"payment","amount":1e300}]'],
  ])('%s', async (_, authorization_details) => {
    const rp = new RequestParty()
    const { url } = await rp.begin(rp.request({ authorization_details }))
    expect(answerOf(url)).toMatchObject({ error: 'invalid_authorization_details' })
    const pushed = await rp.pushes({ authorization_details })
    expect(pushed).toMatchObject({ status: 400, body: { error: 'invalid_authorization_details' } })
  })
})

describe('at the token endpoint', () => {
  const part = { ...payment, actions: ['initiate'] }

  test('rfc9396 section 6: a part may be asked for, and no more', async () => {
    const rp = new RequestParty()
    const narrowed = await rp.redeemed(await codeFor(rp, details(payment)), details(part))
    expect(narrowed.body).toMatchObject({ authorization_details: [part] })
    expect(claimsOf(narrowed.body['access_token'])).toMatchObject({ authorization_details: [part] })
    const refresh_token = String(narrowed.body['refresh_token'])
    const refreshed = await rp.post('oauth2/token', { grant_type: 'refresh_token', refresh_token })
    expect(refreshed.body).toMatchObject({ authorization_details: [payment] })
  })

  test('rfc9396 section 6, 6.1 and 8: more than was authorized is refused, and the code is not burnt', async () => {
    const rp = new RequestParty()
    const code = await codeFor(rp, details(part))
    expect(await rp.redeemed(code, details(payment))).toMatchObject({
      status: 400,
      body: { error: 'invalid_authorization_details' },
    })
    expect(await rp.redeemed(code)).toMatchObject({ status: 200 })
  })

  test('rfc9396 section 6: a client that acts for itself asks for them here', async () => {
    const rp = new RequestParty('machine')
    const form = { grant_type: 'client_credentials', ...details(part) }
    const { body } = await rp.post('oauth2/token', form)
    expect(body).toMatchObject({ authorization_details: [part] })
  })
})
