import { describe, expect, inject, test } from 'vitest'
import { submit } from '../../tools/smoke/page-form.ts'
import { ProfileParty } from '../support/profile-party.ts'
import { callback, password, proofKey } from '../support/relying-party.ts'

const vault = (client?: string) => new ProfileParty('vault', client)
const invalidRequest = { status: 400, body: { error: 'invalid_request' } }
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } }

describe('fapi 2.0 section 5.3.2.2: the authorization code flow', () => {
  test('clauses 2 and 3: a request that was not pushed is refused', async () => {
    const party = vault()
    const signed = { ...party.request(), request: await party.object() }
    for (const request of [party.request(), signed]) {
      const answer = Object.fromEntries((await party.answered(request)).searchParams)
      expect(answer).toMatchObject({ error: 'invalid_request', iss: party.issuer })
      expect(answer).not.toHaveProperty('code')
    }
  })

  test.each([
    ['without a challenge', { code_challenge: '', code_challenge_method: '' }],
    ['with a plain one', { code_challenge_method: 'plain' }],
  ])('clause 5: a request %s is refused', async (_, changed) => {
    const party = vault()
    expect(await party.pushes(party.request(changed))).toMatchObject(invalidRequest)
  })

  test.each([undefined, proofKey().verifier])(
    'clause 5: a code is not redeemed with the verifier %s',
    async (verifier) => {
      const party = vault()
      const { code_verifier: _, ...form } = party.codeForm((await party.answer())['code'])
      const answer = await party.grant({ ...form, ...(verifier && { code_verifier: verifier }) })
      expect(answer).toMatchObject(invalidGrant)
    },
  )

  test('fapi 2.0 section 5.3.2.2 and 6.5: clause 6: a pushed request names its redirect_uri', async () => {
    const party = vault()
    const { redirect_uri: _, ...request } = party.request()
    expect(await party.pushes(request)).toMatchObject(invalidRequest)
  })

  test('clause 7: the answer says whose it is, and holds nothing else', async () => {
    const party = vault()
    const { code, ...others } = await party.answer({ state: 's' })
    expect(others).toEqual({ iss: party.issuer, state: 's' })
    const { code: _, ...stateless } = await party.answer()
    expect(stateless).toEqual({ iss: party.issuer })
  })

  test('clause 7: so does a refusal', async () => {
    const party = vault('asks')
    const request_uri = await party.pushed({ state: 's' })
    const page = await party.submitPassword(await party.begin({ client_id: 'asks', request_uri }))
    const denied = await submit(party.browser, page, { deny: 'yes' })
    const answer = Object.fromEntries(new URL(denied.url).searchParams)
    expect(answer).toMatchObject({ error: 'access_denied', iss: party.issuer, state: 's' })
  })

  test('clause 9: a code is redeemed once, and what it gave is taken back', async () => {
    const party = vault()
    const form = party.codeForm((await party.answer())['code'])
    const { body } = await party.grant(form)
    expect(await party.grant(form)).toMatchObject(invalidGrant)
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }
    expect(await party.grant(refresh)).toMatchObject(invalidGrant)
  })

  test('rfc6749 section 4.1.3: a code is of the client that asked', async () => {
    const party = vault()
    const other = vault('other')
    const form = party.codeForm((await party.answer())['code'])
    expect(await other.grant(form)).toMatchObject(invalidGrant)
  })

  test('clauses 10 and 11: after the password the browser goes on with GET, by 303', async () => {
    const party = vault()
    const page = await party.begin({ client_id: 'app', request_uri: await party.pushed() })
    const form = {
      username: 'ada@example.com',
      password,
      interaction: page.field('interaction') ?? '',
    }
    const answer = await party.browser.request(`${party.issuer}/signin`, {
      method: 'POST',
      headers: {
        origin: inject('origin'),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: String(new URLSearchParams(form)),
    })
    expect(answer.status).toBe(303)
  })

  test('clause 12: a pushed request can be begun with for less than 600 seconds', async () => {
    const party = vault()
    const { status, body, headers } = await party.pushes(party.request())
    expect(status).toBe(201)
    expect(body['expires_in']).toBeGreaterThan(0)
    expect(body['expires_in']).toBeLessThan(600)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('rfc9126 section 4 and fapi 2.0 section 6.4: it is used once, and by its own client', async () => {
    const party = vault()
    const request_uri = await party.pushed()
    const stranger = await party.begin({ client_id: 'other', request_uri })
    expect(stranger.url).not.toContain(callback)
    const mine = { client_id: 'app', request_uri }
    await party.begin(mine)
    expect((await party.answered(mine)).searchParams.has('code')).toBe(true)
    expect((await party.answered(mine)).href).not.toContain('code=')
  })

  test('rfc9126 section 2.1: a request_uri is not pushed, nor is anything got', async () => {
    const party = vault()
    const request_uri = await party.pushed()
    expect(await party.pushes(party.request({ request_uri }))).toMatchObject(invalidRequest)
    expect((await fetch(`${party.issuer}/oauth2/par`)).status).toBeGreaterThanOrEqual(400)
  })

  test.each(['code id_token', 'token', 'id_token', 'code token'])(
    'rfc9700 section 2.1.2: the response type %s is refused',
    async (response_type) => {
      const party = vault()
      const answer = await party.pushes(party.request({ response_type, nonce: 'n' }))
      expect(answer).toMatchObject({ status: 400, body: { error: 'unsupported_response_type' } })
    },
  )
})
