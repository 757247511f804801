import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { describe, expect, inject, test } from 'vitest'
import { signedAssertion } from '../support/client-assertion.ts'
import keys from '../support/client-keys.json' with { type: 'json' }
import { claimsOf, RelyingParty } from '../support/relying-party.ts'
import { decoded, forgeries, privateKeyOf, sign } from './forged-jwt.ts'
import { expectRefusal, expectReturned } from './refusal.ts'
import { respelt } from './spoilt.ts'

const origin = inject('origin')
const party = () => new RelyingParty(origin)

async function publicKeyOf({ issuer }: RelyingParty, token: string): Promise<KeyObject> {
  const response = await fetch(`${issuer}/oauth2/jwks`)
  const { keys }: { keys: readonly JsonWebKey[] } = JSON.parse(await response.text())
  const { kid } = decoded(token.split('.')[0])
  const jwk = keys.find((key) => key['kid'] === kid)
  if (jwk === undefined) throw new Error(`no key ${kid}`)
  return createPublicKey({ key: jwk, format: 'jwk' })
}

describe('rfc8725 section 2.1 and oidc core section 16.3: a forged token is refused, and the true one still works', () => {
  test('access token at userinfo', async () => {
    const rp = party()
    const { accessToken } = await rp.tokens()
    for (const [how, token] of Object.entries(
      forgeries(accessToken, await publicKeyOf(rp, accessToken)),
    )) {
      const answer = await rp.userInfo(token)
      expect(answer, how).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
      expect(answer.headers.get('www-authenticate'), how).toContain('error="invalid_token"')
    }
    expect(await rp.userInfo(accessToken)).toMatchObject({ status: 200 })
  })

  test('id_token_hint at logout and at authorize', async () => {
    const rp = party()
    const { idToken } = await rp.tokens()
    for (const hint of Object.values(forgeries(idToken, await publicKeyOf(rp, idToken)))) {
      expectRefusal(await rp.signOut(hint), 'page', 400)
      const url = rp.authorizationUrl({ id_token_hint: hint })
      expectReturned(await rp.browser.request(url, {}), 'invalid_request')
    }
    expect((await rp.authorize({ id_token_hint: idToken })).url).toContain('code=')
    expect((await rp.signOut(idToken)).status).toBe(200)
  })

  test('a token of a tenant under the kid and the name of another', async () => {
    const [acme, globex] = [
      await party().tokens(),
      await new RelyingParty(origin, 'globex').tokens(),
    ]
    const [header = ''] = acme.accessToken.split('.')
    const [, body = '', signature = ''] = globex.accessToken.split('.')
    for (const token of [`${header}.${body}.${signature}`, globex.accessToken]) {
      expect(await party().userInfo(token)).toMatchObject({ status: 401 })
    }
  })
})

/** Presents a client assertion; `unknown` is what a well authenticated client hears of its token. */
async function present(assertion: string, more: Record<string, string> = {}) {
  const answer = await party().token({
    grant_type: 'refresh_token',
    refresh_token: 'unknown',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    ...more,
  })
  return `${answer.status} ${answer.body['error']}`
}

const refused = '401 invalid_client'
const authenticated = '400 invalid_grant'

describe('client assertions', () => {
  const { issuer: aud } = party()
  const { RS256 } = keys
  const key = privateKeyOf(RS256)
  const header = { alg: 'RS256', kid: RS256.kid }

  test('rfc8725 section 2.1: a forged one is refused, and the true one still works', async () => {
    const good = await signedAssertion({ aud })
    for (const [how, forged] of Object.entries(forgeries(good, createPublicKey(key)))) {
      expect(await present(forged, { client_id: 'jwt' }), how).toBe(refused)
      expect([refused, '400 invalid_request'], how).toContain(await present(forged))
    }
    expect(await present(good)).toBe(authenticated)
  })

  test('rfc7515 section 4.1.11: an extension that is not understood is refused, whoever signs', async () => {
    const claims = claimsOf(await signedAssertion({ aud }))
    for (const crit of [['x'], ['b64', 'x'], ['exp'], [], 'exp', ['b64']]) {
      expect(await present(sign({ ...header, crit, x: 1, b64: false }, claims, key))).toBe(refused)
    }
    expect(await present(sign({ ...header, x: 1 }, claims, key))).toBe(authenticated)
  })

  test('rfc7523 section 3: claims of any other shape are refused, however well signed', async () => {
    const good = claimsOf(await signedAssertion({ aud }))
    const now = Math.floor(Date.now() / 1000)
    const spoilt: readonly unknown[] = [
      null,
      [],
      'text',
      7,
      {},
      [good],
      ...[
        null,
        undefined,
        7,
        [],
        {},
        `${aud}/`,
        aud.toUpperCase(),
        [{ aud }],
        [aud, 'x'],
        ['x', aud],
        [aud, aud],
      ].map((value) => ({
        ...good,
        aud: value,
      })),
      ...[null, undefined, 'never', now - 1, now + 86_400, -1, 1e300, [now + 60]].map((exp) => ({
        ...good,
        exp,
      })),
      ...[null, undefined, 7, '', 'j'.repeat(257), ['x']].map((jti) => ({ ...good, jti })),
      ...['web', null, ['jwt'], 'JWT', 'jwt '].map((sub) => ({ ...good, sub })),
      ...['web', null, ['jwt'], aud].map((iss) => ({ ...good, iss })),
      { ...good, iat: now + 600 },
      { ...good, nbf: now + 600 },
      { ...good, nbf: 'now' },
    ]
    for (const claims of spoilt) {
      const assertion = sign(header, claims, key)
      expect(await present(assertion, { client_id: 'jwt' }), JSON.stringify(claims)).toBe(refused)
    }
    expect(await present(sign(header, { ...good, aud: [aud] }, key))).toBe(authenticated)
  })

  test('rfc7515 section 10.10: the same assertion in another spelling is the same assertion', async () => {
    const claims = claimsOf(await signedAssertion({ aud }))
    const assertion = sign(header, claims, key)
    expect(await present(assertion)).toBe(authenticated)
    expect(await present(respelt(assertion))).toBe(refused)
    expect(await present(sign({ ...header, typ: 'JWT' }, claims, key))).toBe(refused)
  })

  test('rfc7523 section 3: a client speaks for itself alone', async () => {
    const assertion = await signedAssertion({ aud })
    expect(await present(assertion, { client_id: 'web' })).toBe(refused)
    expect(await present(await signedAssertion({ aud, iss: 'web', sub: 'web' }))).toBe(refused)
    expect(await present(assertion)).toBe(authenticated)
  })

  test('an ES256 signature of zeros proves nothing', async () => {
    const [, body] = (await signedAssertion({ aud })).split('.')
    const zeros = Buffer.alloc(64).toString('base64url')
    const head = Buffer.from(JSON.stringify({ alg: 'ES256', kid: keys.ES256.kid }))
    expect(await present(`${head.toString('base64url')}.${body}.${zeros}`)).toBe(refused)
  })
})
