import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { startLocalCloud } from '#local/start.ts'
import suite from '../../local/conformance-suite.json' with { type: 'json' }
import { ConformanceParty, suiteCallback } from '../support/conformance-party.ts'
import { proofKey } from '../support/relying-party.ts'
import { unsignedObject } from '../support/request-object.ts'

const file = new URL('../../local/conformance-configuration.json', import.meta.url)
const cloud = await startLocalCloud({
  port: 0,
  https: false,
  liftsRateLimits: true,
  configFile: fileURLToPath(file),
})
afterAll(() => cloud.close())

const secrets = new Map(
  [suite.conformance, suite['conformance-legacy']]
    .flatMap(({ client, client2, client_secret_post: post }) => [client, client2, post])
    .map(({ client_id: id, client_secret: secret }) => [id, secret]),
)
const secretOf = (id: string): string => secrets.get(id) ?? ''

const halfHash = (value = '') =>
  createHash('sha256').update(value).digest().subarray(0, 16).toString('base64url')

const address = { country: 'GB', formatted: expect.stringContaining('London') }
const claimsOfScopes: Readonly<Record<string, object>> = {
  profile: { name: 'Ada Lovelace', family_name: 'Lovelace', updated_at: expect.any(Number) },
  email: { email: 'ada@example.com', email_verified: true },
  address: { address: expect.objectContaining(address) },
  phone: { phone_number: expect.any(String) },
}

const allScopes = 'profile email address phone'

const plans = [
  ['code', 'default'],
  ['id_token', 'default'],
  ['id_token token', 'default'],
  ['code id_token', 'default'],
  ['code token', 'default'],
  ['code id_token token', 'default'],
  ['code', 'form_post'],
  ['id_token token', 'form_post'],
  ['code id_token', 'form_post'],
] as const

describe.concurrent.each(plans)(
  'the plan of response_type=%s and response_mode=%s',
  (type, mode) => {
    const client = type === 'code' ? 'basic-1' : 'legacy-1'
    const asked = { response_type: type, ...(mode === 'form_post' && { response_mode: mode }) }
    const party = (more: Record<string, string> = {}) =>
      new ConformanceParty(cloud.origin, secretOf, { client, ...asked, ...more })
    const has = (part: string) => type.split(' ').includes(part)

    test('oidcc-server: the answer holds what was asked for, and its parts are bound together', async () => {
      const rp = party()
      const answer = await rp.run()
      expect(answer).toMatchObject({ state: 's', iss: rp.issuer })
      for (const part of ['code', 'id_token'] as const) expect(part in answer).toBe(has(part))
      expect('access_token' in answer).toBe(has('token'))
      if (has('id_token')) {
        const claims = await rp.verified(answer['id_token'])
        expect(claims['nonce']).toBe('n')
        expect(claims['c_hash']).toBe(has('code') ? halfHash(answer['code']) : undefined)
        expect(claims['at_hash']).toBe(has('token') ? halfHash(answer['access_token']) : undefined)
      }
      if (!has('code')) return
      const { body } = await rp.redeemed(answer['code'])
      expect(body).toMatchObject({ token_type: 'Bearer' })
      expect(await rp.verified(body['id_token'])).toMatchObject({ nonce: 'n', alg: 'RS256' })
    })

    test('oidcc-idtoken-signature: the key of an ID token is among those that are published', async () => {
      const rp = party()
      const { id_token: idToken } = await rp.grants()
      expect((await rp.verified(idToken)).kid).not.toBe('')
    })

    test('oidcc-response-type-missing: a request without it is told so', async () => {
      const rp = party()
      expect(await rp.run({ response_type: '' })).toMatchObject({ error: 'invalid_request' })
    })

    test('oidcc-ensure-request-without-nonce: fails where an ID token comes in front', async () => {
      const answer = await party().run({ nonce: '' })
      expect('error' in answer).toBe(has('id_token'))
    })

    test.each(type === 'code' ? [...Object.keys(claimsOfScopes), allScopes] : [allScopes])(
      'oidcc-scope: %s brings its claims',
      async (scope) => {
        const rp = party()
        const claims = await rp.claims(await rp.grants({ scope: `openid ${scope}` }))
        for (const one of scope.split(' ')) expect(claims).toMatchObject(claimsOfScopes[one] ?? {})
        expect(Object.values(claims)).not.toContain(null)
      },
    )

    test('oidcc-ensure-other-scope-order-succeeds', async () => {
      const rp = party()
      const claims = await rp.claims(await rp.grants({ scope: 'email openid' }))
      expect(claims).toMatchObject({ email: 'ada@example.com' })
    })

    test('oidcc-userinfo: by GET, by POST with a header, by POST with a body', async () => {
      const rp = party()
      const { access_token: token } = await rp.grants()
      if (token === undefined) return expect(type).toBe('id_token')
      const url = `${rp.issuer}/oauth2/userinfo`
      const headers = { authorization: `Bearer ${token}` }
      for (const asking of [
        { headers },
        { method: 'POST', headers },
        { method: 'POST', body: new URLSearchParams({ access_token: token }) },
      ]) {
        const response = await fetch(url, asking)
        expect(await response.json()).toHaveProperty('sub')
      }
    })

    test.each([
      ['oidcc-display-page', { display: 'page' }],
      ['oidcc-display-popup', { display: 'popup' }],
      ['oidcc-ui-locales', { ui_locales: 'se' }],
      ['oidcc-claims-locales', { claims_locales: 'se' }],
      ['oidcc-login-hint', { login_hint: 'buffy@localhost' }],
      ['oidcc-ensure-request-with-acr-values-succeeds', { acr_values: '1 2' }],
      ['oidcc-ensure-request-with-unknown-parameter-succeeds', { extra: 'foobar' }],
    ])('%s: the request succeeds', async (_, more) => {
      const answer = await party().run(more as Record<string, string>)
      expect(answer).not.toHaveProperty('error')
      expect(answer).toHaveProperty('state', 's')
    })

    test('oidcc-prompt-login: the person signs in again, later than before', async () => {
      const rp = party()
      const before = await rp.verified((await rp.grants())['id_token'])
      await new Promise((resolve) => setTimeout(resolve, 1100))
      const after = await rp.verified((await rp.grants({ prompt: 'login' }))['id_token'])
      expect(rp.asked).toBe(true)
      expect(Number(after['auth_time'])).toBeGreaterThan(Number(before['auth_time']))
    })

    test('oidcc-prompt-none: login_required without a session, no page with one', async () => {
      const rp = party()
      expect(await rp.run({ prompt: 'none' })).toMatchObject({
        error: 'login_required',
        state: 's',
      })
      const before = await rp.verified((await rp.grants())['id_token'])
      const after = await rp.verified((await rp.grants({ prompt: 'none' }))['id_token'])
      expect(after['sub']).toBe(before['sub'])
      expect(after['auth_time']).toBe(before['auth_time'])
    })

    test('oidcc-max-age: 1 asks again after more than a second, 10000 does not', async () => {
      const rp = party()
      const before = await rp.verified((await rp.grants())['id_token'])
      await new Promise((resolve) => setTimeout(resolve, 2100))
      const kept = await rp.verified((await rp.grants({ max_age: '10000' }))['id_token'])
      expect(rp.asked).toBe(false)
      expect(kept['auth_time']).toBe(before['auth_time'])
      const again = await rp.verified((await rp.grants({ max_age: '1' }))['id_token'])
      expect(rp.asked).toBe(true)
      expect(Number(again['auth_time'])).toBeGreaterThan(Number(before['auth_time']))
    })

    test('oidcc-id-token-hint: with prompt=none it answers at once', async () => {
      const rp = party()
      const { id_token: hint = '' } = await rp.grants()
      expect(await rp.run({ prompt: 'none', id_token_hint: hint })).not.toHaveProperty('error')
    })

    test('oidcc-claims-essential: a claim that is asked for by name comes', async () => {
      const rp = party()
      const where = type === 'id_token' ? 'id_token' : 'userinfo'
      const claims = JSON.stringify({ [where]: { name: { essential: true } } })
      expect(await rp.claims(await rp.grants({ claims }))).toMatchObject({ name: 'Ada Lovelace' })
    })

    test('oidcc-codereuse: a code is redeemed once, and what it gave ends with the second time', async () => {
      if (!has('code')) return
      const rp = party()
      const { code } = await rp.run()
      const { body } = await rp.redeemed(code)
      expect(await rp.redeemed(code)).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      })
      expect((await rp.userInfo(String(body['access_token']))).status).toBe(401)
    })

    test('oidcc-ensure-registered-redirect-uri: an error page, and no redirect', async () => {
      const page = await party().authorize({ redirect_uri: `${suiteCallback}/other` })
      expect(page).toMatchObject({ status: 400, body: expect.stringContaining('redirect_uri') })
    })

    test('oidcc-unsigned-request-object: is rejected with an error of its own', async () => {
      const rp = party()
      const request = unsignedObject({ iss: client, aud: rp.issuer, client_id: client })
      expect(await rp.run({ request })).toMatchObject({ error: 'invalid_request_object' })
      const request_uri = 'https://localhost.emobix.co.uk:8443/request.jwt'
      expect(await rp.run({ request_uri })).toMatchObject({ error: 'request_uri_not_supported' })
    })

    test('oidcc-refresh-token: it refreshes, keeps who it is about, and is of its own client', async () => {
      if (!has('code')) return
      const rp = party()
      const { body } = await rp.redeemed((await rp.run({ scope: 'openid offline_access' }))['code'])
      const { sub } = await rp.verified(body['id_token'])
      const { body: next } = await rp.refreshed(body['refresh_token'])
      expect(await rp.verified(next['id_token'])).toMatchObject({ sub })
      const other = party({ client: client.replace('1', '2') })
      expect(await other.refreshed(next['refresh_token'])).toMatchObject({
        body: { error: 'invalid_grant' },
      })
    })

    test('oidcc-ensure-request-with-valid-pkce-succeeds', async () => {
      if (!has('code')) return
      const { verifier, challenge } = proofKey()
      const rp = party()
      const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
      const { code } = await rp.run(pkce)
      expect((await rp.redeemed(code, { code_verifier: verifier })).status).toBe(200)
    })

    test('oidcc-ensure-post-request-succeeds', async () => {
      const rp = party()
      const [url = '', form = ''] = rp.authorizationUrl().split('?')
      const page = await rp.browser.post(url, Object.fromEntries(new URLSearchParams(form)))
      expect(page.body).toContain('name="password"')
    })
  },
)

test('oidcc-server-client-secret-post', async () => {
  const rp = new ConformanceParty(cloud.origin, secretOf, { client: 'post', response_type: 'code' })
  const grant = { grant_type: 'authorization_code', redirect_uri: suiteCallback }
  const own = { client_id: 'post', client_secret: secretOf('post') }
  const { code = '' } = await rp.run()
  expect((await rp.token({ ...grant, ...own, code })).status).toBe(200)
})
