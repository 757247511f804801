import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { dpopKey } from '../support/dpop.ts'
import { type ListeningApp, startListeningApp } from '../support/listening-app.ts'
import { registerLike } from '../support/own-client.ts'
import { claimsOf } from '../support/relying-party.ts'
import { encryptedObject, requestObject, unsignedObject } from '../support/request-object.ts'
import { RequestParty, requestsTenant } from '../support/request-party.ts'

const seconds = () => Math.floor(Date.now() / 1000)

const answerOf = (url: URL | string) => Object.fromEntries(new URL(url).searchParams)

/** The claims of a good request object. */
const claimsFor = (rp: RequestParty, more: Record<string, unknown> = {}) => ({
  iss: rp.client,
  aud: rp.issuer,
  exp: seconds() + 300,
  nbf: seconds() - 10,
  ...rp.request({ state: 'signed' }),
  ...more,
})

const objectFor = (rp: RequestParty, more = {}, header = {}) =>
  requestObject(claimsFor(rp, more), header)

/** Sends an object with nothing beside it but who asks. */
const sendObject = async (rp: RequestParty, request: string) =>
  rp.begin({ client_id: rp.client, request })

const refusal = { error: 'invalid_request_object' }

describe('by value', () => {
  test.each(['RS256', 'ES256'] as const)(
    'rfc9101 section 5.1: a request signed with %s',
    async (alg) => {
      const rp = new RequestParty('jwt')
      const page = await sendObject(rp, await objectFor(rp, { nonce: 'n' }, { alg }))
      expect(answerOf(await rp.answered(page))).toMatchObject({
        code: expect.any(String),
        state: 'signed',
      })
    },
  )

  test('rfc9101 section 6.3 and 10.7: what stands beside the object does not count', async () => {
    const rp = new RequestParty('jwt')
    const request = await objectFor(rp, { scope: 'openid' })
    const beside = rp.request({ state: 'beside', nonce: 'beside', prompt: 'none', request })
    expect(answerOf(await rp.answered(await rp.begin(beside)))).toMatchObject({ state: 'signed' })
  })

  test('oidc core section 6.1: claims, max_age and resource are JSON inside', async () => {
    const rp = new RequestParty('jwt')
    const inside = { max_age: 0, claims: { id_token: { email: null } } }
    await rp.answered(await sendObject(rp, await objectFor(rp)))
    expect((await sendObject(rp, await objectFor(rp, inside))).field('interaction')).toBeTruthy()
    const unknown = { resource: ['https://orders.example/', 'https://unknown.example/'] }
    const { url } = await sendObject(rp, await objectFor(rp, unknown))
    expect(answerOf(url)).toMatchObject({ error: 'invalid_target', state: 'signed' })
  })

  test('rfc9101 section 6.3: a redirect_uri that is not registered is shown to the person', async () => {
    const rp = new RequestParty('jwt')
    const page = await sendObject(rp, await objectFor(rp, { redirect_uri: 'https://evil.example' }))
    expect(page.status).toBe(400)
    expect(page.url).not.toContain('evil.example')
  })

  const rp = new RequestParty('jwt')
  test.each<[string, () => Promise<string> | string]>([
    ['without a signature', () => unsignedObject(claimsFor(rp))],
    ['with a spoilt signature', async () => `${(await objectFor(rp)).slice(0, -8)}AAAAAAAA`],
    ['of another client', () => objectFor(rp, { iss: 'web', client_id: 'web' })],
    ['for another server', () => objectFor(rp, { aud: 'https://other.example' })],
    ['that is over', () => objectFor(rp, { exp: seconds() - 10 })],
    ['that has not begun', () => objectFor(rp, { nbf: seconds() + 600 })],
    ['that is a client assertion', () => objectFor(rp, { sub: 'jwt' })],
    ['inside another', async () => objectFor(rp, { request: await objectFor(rp) })],
    ['of another type', () => objectFor(rp, {}, { typ: 'at+jwt' })],
    ['that is encrypted', async () => encryptedObject(await objectFor(rp))],
    ['that is none', () => 'nonsense'],
  ])(
    'rfc9101 section 6.1, 6.2 and 10.2 and oidc core section 6.1 and 6.3.2: an object %s is refused, to where the client says beside it',
    async (_, make) => {
      const request = await make()
      expect((await sendObject(rp, request)).status).toBe(400)
      const { url } = await rp.begin(rp.request({ request, state: 'beside' }))
      expect(answerOf(url)).toMatchObject({ ...refusal, state: 'beside' })
    },
  )
})

describe('a client whose requests must be signed', () => {
  test('rfc9101 section 10.5 and oidc core section 16.7 and 16.20: cannot be made to ask without', async () => {
    const rp = new RequestParty('signs')
    expect(answerOf((await rp.begin(rp.request())).url)).toMatchObject({ error: 'invalid_request' })
    const page = await sendObject(rp, await objectFor(rp))
    expect(answerOf(await rp.answered(page))).toHaveProperty('code')
  })

  test('oidc registration section 2 and oidc core section 6.3.2: nor with another algorithm than it has registered', async () => {
    const rp = new RequestParty('signs')
    const request = await objectFor(rp, {}, { alg: 'RS256' })
    const { url } = await rp.begin(rp.request({ request }))
    expect(answerOf(url)).toMatchObject(refusal)
  })
})

describe('by reference', () => {
  let app: ListeningApp
  const objects = new Map<string, string>()
  beforeAll(async () => {
    app = await startListeningApp((path) => objects.get(path) ?? 'nonsense')
  })
  afterAll(() => app?.close())

  const registered = async (path: string) => {
    const uris = [`${app.origin}${path}#anything`]
    const id = await registerLike(inject('aws'), [requestsTenant, 'jwt'], {
      requestObject: { uris },
    })
    return new RequestParty(id)
  }

  test('rfc9101 section 5.2, 5.2.2 and 5.2.3 and oidc core section 6.2.3 and 15.2: the object is fetched from where it is registered', async () => {
    const rp = await registered('/good')
    objects.set('/good', await objectFor(rp))
    const uri = `${app.origin}/good#e3b0c442`
    const page = await rp.begin({ client_id: rp.client, request_uri: uri })
    expect(answerOf(await rp.answered(page))).toMatchObject({ state: 'signed' })
    expect(app.heard.some(({ path }) => path === '/good')).toBe(true)
  })

  test('rfc9101 section 10.4, 10.4.1 and 10.4.2: nothing is fetched from anywhere else', async () => {
    const rp = await registered('/registered')
    const request_uri = `${app.origin}/elsewhere`
    const { url } = await rp.begin(rp.request({ request_uri }))
    expect(answerOf(url)).toMatchObject({ error: 'invalid_request_uri' })
    expect(app.heard.some(({ path }) => path === '/elsewhere')).toBe(false)
  })

  test('rfc9101 section 7: what is not there is invalid_request_uri, what is no object is told so', async () => {
    const rp = await registered('/bad')
    const request_uri = `${app.origin}/bad`
    app.answerWith(404)
    const absent = await rp.begin(rp.request({ request_uri }))
    expect(answerOf(absent.url)).toMatchObject({ error: 'invalid_request_uri' })
    const bad = await rp.begin(rp.request({ request_uri }))
    expect(answerOf(bad.url)).toMatchObject(refusal)
  })

  test('oidc core section 6.2: a client that has registered no address is refused', async () => {
    const rp = new RequestParty('web')
    const { url } = await rp.begin(rp.request({ request_uri: `${app.origin}/good` }))
    expect(answerOf(url)).toMatchObject({ error: 'request_uri_not_supported' })
  })

  test('rfc9101 section 5: request and request_uri exclude each other', async () => {
    const rp = new RequestParty('jwt')
    const request_uri = 'https://app.example/request.jwt'
    const { url } = await rp.begin(rp.request({ request: await objectFor(rp), request_uri }))
    expect(answerOf(url)).toMatchObject({ error: 'invalid_request' })
  })
})

describe('pushed', () => {
  const pushing = (rp: RequestParty, request: string, headers = {}) =>
    rp.post(
      'oauth2/par',
      { client_id: rp.client, request },
      { authorization: rp.authorization, ...headers },
    )

  test('rfc9126 section 3: an object is verified as it is pushed, and only what it says counts', async () => {
    const id = await registerLike(inject('aws'), [requestsTenant, 'jwt'], {
      tokenEndpointAuthMethod: 'none',
    })
    const rp = new RequestParty(id)
    const proof = {
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    }
    const form = { ...rp.request({ state: 'beside' }), request: await objectFor(rp, proof) }
    const { status, body } = await rp.post('oauth2/par', form, {})
    expect(status).toBe(201)
    const url = await rp.answered(await rp.beginPushed(String(body['request_uri'])))
    expect(answerOf(url)).toMatchObject({ state: 'signed', code: expect.any(String) })
  })

  test('rfc9126 section 3: an object that is not valid is refused at once', async () => {
    const rp = new RequestParty('web')
    expect(await pushing(rp, await objectFor(rp))).toMatchObject({ status: 400, body: refusal })
  })
})

describe('the key of the code', () => {
  test('rfc9449 section 10: dpop_jkt is the key that must redeem it', async () => {
    const rp = new RequestParty()
    const key = await dpopKey()
    const codeFor = async () => {
      const url = await rp.answered(await rp.begin(rp.request({ dpop_jkt: key.jkt })))
      return url.searchParams.get('code') ?? ''
    }
    expect(await rp.redeemed(await codeFor())).toMatchObject({ body: { error: 'invalid_grant' } })
    const htu = `${rp.issuer}/oauth2/token`
    const form = {
      grant_type: 'authorization_code',
      code: await codeFor(),
      redirect_uri: String(rp.request()['redirect_uri']),
    }
    const dpop = await key.proof({ htu })
    const { body } = await rp.post('oauth2/token', form, { authorization: rp.authorization, dpop })
    expect(claimsOf(body['access_token'])).toMatchObject({ cnf: { jkt: key.jkt } })
  })

  test('rfc9449 section 10.1: a proof with the pushed request says the same', async () => {
    const rp = new RequestParty()
    const key = await dpopKey()
    const headers = async () => ({
      authorization: rp.authorization,
      dpop: await key.proof({ htu: `${rp.issuer}/oauth2/par` }),
    })
    const { body } = await rp.pushes({}, await headers())
    const url = await rp.answered(await rp.beginPushed(String(body['request_uri'])))
    const code = url.searchParams.get('code') ?? ''
    expect(await rp.redeemed(code)).toMatchObject({ body: { error: 'invalid_grant' } })
    const other = await rp.pushes({ dpop_jkt: 'A'.repeat(43) }, await headers())
    expect(other).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
  })
})
