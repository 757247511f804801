import { describe, expect, test } from 'vitest'
import { basic, claimsOf, proofKey } from '../support/relying-party.ts'
import { pushedUri, RequestParty } from '../support/request-party.ts'

const party = (client?: string) => new RequestParty(client)

const answerOf = (url: URL | string) => Object.fromEntries(new URL(url).searchParams)

describe('the endpoint', () => {
  test('rfc9126 section 2.2: answers 201 with a request_uri that cannot be guessed, and its short life', async () => {
    const { status, headers, body } = await party().pushes()
    expect(status).toBe(201)
    expect(body).toEqual({ request_uri: expect.stringMatching(pushedUri), expires_in: 90 })
    expect(headers.get('cache-control')).toContain('no-store')
  })

  test('rfc9126 section 2: the client authenticates as at the token endpoint', async () => {
    const headers = { authorization: basic('web', 'wrong') }
    const { status, body } = await party().pushes({}, headers)
    expect([status, body['error']]).toEqual([401, 'invalid_client'])
  })

  test('rfc9126 section 2.1: request_uri must not be pushed', async () => {
    const { status, body } = await party().pushes({ request_uri: await party().pushed() })
    expect([status, body['error']]).toEqual([400, 'invalid_request'])
  })

  test.each([
    ['invalid_request', { redirect_uri: 'https://evil.example/' }],
    ['invalid_request', { response_type: '' }],
    ['unsupported_response_type', { response_type: 'nonsense' }],
    ['invalid_scope', { scope: 'admin' }],
    ['invalid_request', { code_challenge: 'x', code_challenge_method: 'S256' }],
    ['invalid_request_object', { request: 'a.b.c' }],
  ])('rfc9126 section 2.3 and 7.2: %s is told at once, for %j', async (error, more) => {
    const { status, body } = await party().pushes(more)
    expect([status, body['error']]).toEqual([400, error])
  })

  test('rfc9126 section 2.3: another method than POST is refused with 405 or 404', async () => {
    const response = await fetch(`${party().issuer}/oauth2/par`)
    expect([404, 405]).toContain(response.status)
  })

  test('rfc9126 section 2.3: a request that is too large is refused with 413', async () => {
    const { status } = await party().pushes({ state: 's'.repeat(20_000) })
    expect(status).toBe(413)
  })
})

describe('the authorization endpoint', () => {
  test('rfc9126 section 4: goes on with what was pushed', async () => {
    const rp = party()
    const url = await rp.answered(
      await rp.beginPushed(await rp.pushed({ state: 'a b', nonce: 'n' })),
    )
    expect(answerOf(url)).toMatchObject({ state: 'a b', code: expect.any(String) })
    const { body } = await rp.redeemed(url.searchParams.get('code') ?? '')
    expect(claimsOf(body['id_token'])).toMatchObject({ nonce: 'n' })
  })

  test('rfc9126 section 4: of what stands beside request_uri only client_id counts', async () => {
    const rp = party()
    const request_uri = await rp.pushed({ state: 'pushed' })
    const beside = { ...rp.request({ state: 'beside', scope: 'openid email' }), request_uri }
    const url = await rp.answered(await rp.begin(beside))
    expect(answerOf(url)).toMatchObject({ state: 'pushed' })
    const { body } = await rp.redeemed(url.searchParams.get('code') ?? '')
    expect(body['scope']).toBe('openid')
  })

  test('rfc9126 section 2.2: a request_uri is bound to the client that pushed', async () => {
    const request_uri = await party().pushed()
    const page = await party('pushes').beginPushed(request_uri)
    expect(page.status).toBe(400)
    expect(page.body).toContain('request_uri')
  })

  test('rfc9126 section 7.3: a reload is no use, and an answer is the only one', async () => {
    const rp = party()
    const request_uri = await rp.pushed()
    const first = await rp.beginPushed(request_uri)
    const second = await rp.beginPushed(request_uri)
    expect(await rp.answered(second).then(answerOf)).toHaveProperty('code')
    const again = await rp.beginPushed(request_uri)
    expect([again.status, again.body.includes('request_uri')]).toEqual([400, true])
    const late = await rp.submitPassword(first)
    expect(late.url).not.toContain('code=')
  })

  test('rfc9126 section 7.3: a refusal is an answer as well, and the only one', async () => {
    const rp = party('asks')
    const request_uri = await rp.pushed({ prompt: 'consent' })
    const consent = await rp.submitPassword(await rp.beginPushed(request_uri))
    const interaction = consent.field('interaction') ?? ''
    const denied = await rp.browser.post(`${rp.issuer}/signin/consent`, {
      interaction,
      deny: 'yes',
    })
    expect(answerOf(denied.url)).toMatchObject({ error: 'access_denied' })
    const again = await rp.beginPushed(request_uri)
    expect([again.status, again.body.includes('request_uri')]).toEqual([400, true])
    const late = await rp.browser.post(`${rp.issuer}/signin/consent`, { interaction, allow: 'yes' })
    expect(late.url).not.toContain('code=')
  })

  test('rfc9126 section 7.3: who is not signed in uses nothing up', async () => {
    const request_uri = await party().pushed({ prompt: 'none' })
    const nobody = await party().beginPushed(request_uri)
    expect(answerOf(nobody.url)).toMatchObject({ error: 'login_required' })
    const again = await party().beginPushed(request_uri)
    expect(answerOf(again.url)).toMatchObject({ error: 'login_required' })
  })

  test('rfc9126 section 7.1: a reference nobody was given is refused', async () => {
    const request_uri = `urn:ietf:params:oauth:request_uri:${'A'.repeat(43)}`
    expect((await party().beginPushed(request_uri)).status).toBe(400)
  })

  test('rfc9126 section 6: a client that must push is refused without', async () => {
    const rp = party('pushes')
    expect(answerOf((await rp.begin(rp.request({ state: 's' }))).url)).toMatchObject({
      error: 'invalid_request',
      state: 's',
    })
    const url = await rp.answered(await rp.beginPushed(await rp.pushed()))
    expect(answerOf(url)).toHaveProperty('code')
  })
})

describe('a client without a secret', () => {
  const { verifier, challenge } = proofKey()
  const proof = { code_challenge: challenge, code_challenge_method: 'S256' }

  test('rfc9126 section 2: pushes as well, and nothing is written for it', async () => {
    const rp = party('app')
    const { status, body } = await rp.pushes(proof, {})
    expect([status, body['expires_in']]).toEqual([201, 90])
    const url = await rp.answered(await rp.beginPushed(String(body['request_uri'])))
    const code = url.searchParams.get('code') ?? ''
    const form = {
      grant_type: 'authorization_code',
      client_id: 'app',
      code,
      redirect_uri: String(rp.request()['redirect_uri']),
      code_verifier: verifier,
    }
    expect(await rp.post('oauth2/token', form, {})).toMatchObject({ status: 200 })
  })

  test('rfc9126 section 7.1: what we have sealed for something else is no request_uri', async () => {
    const rp = party('app')
    const page = await rp.begin(rp.request(proof))
    const request_uri = `urn:ietf:params:oauth:request_uri:${page.field('interaction')}`
    expect((await rp.beginPushed(request_uri)).status).toBe(400)
  })

  test.each(['signin', 'signin/consent', 'oauth2/authorize/resume', 'oauth2/device'])(
    'rfc9126 section 7.1: and a request_uri is no interaction of %s',
    async (path) => {
      const rp = party('app')
      const { body } = await rp.pushes(proof, {})
      const interaction = String(body['request_uri']).split(':').at(-1) ?? ''
      const page = await fetch(`${rp.issuer}/${path}?${new URLSearchParams({ interaction })}`)
      expect(page.status).toBe(400)
    },
  )
})
