import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { submit } from '../../tools/smoke/page-form.ts'
import { ProfileParty, secondsFromNow } from '../support/profile-party.ts'
import { claimsOf, password } from '../support/relying-party.ts'

const grant_type = 'urn:openid:params:grant-type:ciba'
const invalidClient = { status: 401, body: { error: 'invalid_client' } }
const invalidRequest = { status: 400, body: { error: 'invalid_request' } }

describe.each(['vault', 'ledger'] as const)('fapi-ciba section 5.2.2: the tenant %s', (tenant) => {
  const till = () => new ProfileParty(tenant, 'till')
  const ada = till()
  const address = `${ada.issuer}/signin/requests`

  beforeAll(async () => {
    const page = await ada.browser.get(address)
    await submit(ada.browser, page, { username: 'ada@example.com', password })
  })

  async function press(button: 'allow' | 'deny', message: string) {
    const { body } = await ada.browser.get(address)
    const section = body.split('<section>').find((part) => part.includes(`>${message}<`)) ?? ''
    const [, request = ''] = section.match(/name="request" value="([^"]*)"/) ?? []
    await ada.browser.post(address, { request, [button]: 'yes' })
  }

  const object = (party: ProfileParty, claims = {}, alg?: 'RS256' | 'PS256') => {
    const times = { iat: secondsFromNow(0), nbf: secondsFromNow(0), exp: secondsFromNow(60) }
    const jwt = { iss: 'till', aud: party.issuer, jti: randomUUID(), ...times }
    const asked = { scope: 'openid', login_hint: 'ada@example.com', binding_message: 'B-1' }
    return party.signed({ ...jwt, ...asked, ...claims }, alg)
  }

  const ask = async (party: ProfileParty, form: Record<string, string>, assertion?: object) =>
    party.post('oauth2/bc-authorize', { ...form, ...(assertion ?? (await party.assertion())) })

  test('a signed request with a binding message leads to tokens that are bound', async () => {
    const party = till()
    const message = randomUUID()
    const acr_values = 'urn:sallyport:acr:pwd'
    const wishes = { binding_message: message, requested_expiry: '120', acr_values }
    const request = await object(party, wishes)
    const { status, body } = await ask(party, { request })
    expect({ status, body }).toMatchObject({ status: 200, body: { expires_in: 120 } })
    const form = { grant_type, auth_req_id: String(body['auth_req_id']) }
    await press('allow', message)
    const { body: unbound } = await party.grant(form, {})
    expect(unbound).toMatchObject({ error: 'invalid_request' })
    const granted = await party.grant(form)
    expect(granted).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
    const { jkt } = await party.key
    expect(claimsOf(granted.body['access_token'])['cnf']).toEqual({ jkt })
    expect(await party.verified(granted.body['id_token'])).toMatchObject({
      alg: 'PS256',
      acr: acr_values,
    })
    expect(await party.grant(form)).toMatchObject({ body: { error: 'invalid_grant' } })
  })

  test('a person who says no is access_denied', async () => {
    const party = till()
    const message = randomUUID()
    const { body } = await ask(party, {
      request: await object(party, { binding_message: message }),
    })
    await press('deny', message)
    const form = { grant_type, auth_req_id: String(body['auth_req_id']) }
    expect(await party.grant(form)).toMatchObject({ body: { error: 'access_denied' } })
  })

  test('a request that nobody has signed is refused', async () => {
    const form = { scope: 'openid', login_hint: 'ada@example.com', binding_message: 'B-1' }
    expect(await ask(till(), form)).toMatchObject(invalidRequest)
  })

  test.each<[string, object]>([
    ['no aud', { aud: undefined }],
    ['another aud', { aud: 'https://other.example' }],
    ['no iss', { iss: undefined }],
    ['another iss', { iss: 'app' }],
    ['no exp', { exp: undefined }],
    ['an exp that is over', { exp: secondsFromNow(-300) }],
    ['an exp 70 minutes from now', { exp: secondsFromNow(4200) }],
    ['no iat', { iat: undefined }],
    ['no nbf', { nbf: undefined }],
    ['an nbf 10 minutes from now', { nbf: secondsFromNow(600) }],
    ['an nbf 70 minutes ago', { nbf: secondsFromNow(-4200) }],
    ['no jti', { jti: undefined }],
    ['no binding message', { binding_message: undefined }],
    ['two hints', { id_token_hint: 'x' }],
  ])('a request object with %s is refused', async (_, claims) => {
    const party = till()
    const { status, body } = await ask(party, { request: await object(party, claims) })
    expect(status).toBe(400)
    expect(String(body['error'])).toMatch(/^invalid_request/)
  })

  test('RS256, none and a broken signature are refused, PS256 is not', async () => {
    const party = till()
    const good = await object(party)
    const [, payload = ''] = good.split('.')
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    for (const request of [
      none,
      `${good.slice(0, -8)}AAAAAAAA`,
      await object(party, {}, 'RS256'),
    ]) {
      expect((await ask(party, { request })).status).toBe(400)
    }
    expect((await ask(party, { request: await object(party, {}, 'PS256') })).status).toBe(200)
  })

  test('a client proves a key, and not with RS256', async () => {
    const party = till()
    const request = await object(party)
    const named = { client_id: 'till', request }
    expect(await ask(party, named, {})).toMatchObject(invalidClient)
    const weak = await party.assertion({}, 'RS256')
    expect(await ask(party, { request }, weak)).toMatchObject(invalidClient)
    const form = { grant_type, auth_req_id: 'x' }
    expect(await party.grant(form, undefined, weak)).toMatchObject(invalidClient)
    expect(await party.grant(form)).toMatchObject({ body: { error: 'invalid_grant' } })
  })
})
