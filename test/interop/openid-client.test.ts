import { importJWK } from 'jose'
import * as oidc from 'openid-client'
import { describe, expect, inject, test } from 'vitest'
import { Browser } from '../../tools/smoke/browser.ts'
import { formOf } from '../../tools/smoke/page-form.ts'
import keys from '../support/client-keys.json' with { type: 'json' }
import { signInAndAllow } from '../support/person.ts'
import { callback } from '../support/relying-party.ts'

const origin = inject('origin')
const issuer = new URL(`${origin}/acme`)
const signedOut = 'https://app.example/signed-out'

const key = await importJWK(keys.ES256, 'ES256')
if (key instanceof Uint8Array) throw new TypeError('an EC key is no octet sequence')

const clients = [
  ['web', 'client_secret_basic', oidc.ClientSecretBasic('web-secret')],
  ['post', 'client_secret_post', oidc.ClientSecretPost('post-secret')],
  ['jwt', 'private_key_jwt', oidc.PrivateKeyJwt({ key, kid: keys.ES256.kid })],
  ['spa', 'none', oidc.None()],
] as const

/**
 * Discovers the issuer with every check of the library on, that of the signature included.
 *
 * Plain http is the one exception: the local issuer has no certificate.
 */
const discover = (
  clientId: string,
  authentication?: oidc.ClientAuth,
  algorithm: 'oidc' | 'oauth2' = 'oidc',
): Promise<oidc.Configuration> => {
  const execute = [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks]
  return oidc.discovery(issuer, clientId, undefined, authentication, { algorithm, execute })
}

async function begin(configuration: oidc.Configuration, more: Record<string, string> = {}) {
  const verifier = oidc.randomPKCECodeVerifier()
  const checks = {
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
    pkceCodeVerifier: verifier,
    maxAge: 600,
  }
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope: 'openid profile email orders:read',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    max_age: '600',
    ...more,
  })
  return { url, checks }
}

describe.each(clients)('openid-client: the client %s with %s', (clientId, _, authentication) => {
  test('completes code, PKCE, userinfo, rotation and logout', async () => {
    const configuration = await discover(clientId, authentication)
    const browser = new Browser(origin)
    const { url, checks } = await begin(configuration, { prompt: 'consent' })
    const answer = new URL((await signInAndAllow(browser, url)).url)
    const tokens = await oidc.authorizationCodeGrant(configuration, answer, checks)
    const subject = tokens.claims()?.sub ?? ''
    expect(tokens.claims()).toMatchObject({ iss: issuer.href, aud: clientId })

    const userInfo = await oidc.fetchUserInfo(configuration, tokens.access_token, subject)
    expect(userInfo).toMatchObject({ name: 'Grace Hopper', email: 'grace@example.com' })

    const next = await oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? '')
    expect(next.claims()?.sub).toBe(subject)
    expect(next.refresh_token).not.toBe(tokens.refresh_token)

    const end = oidc.buildEndSessionUrl(configuration, {
      id_token_hint: next.id_token ?? '',
      post_logout_redirect_uri: signedOut,
      state: 'left',
    })
    expect((await browser.get(end.href)).url).toBe(`${signedOut}?state=left`)
    const afterwards = oidc.refreshTokenGrant(configuration, next.refresh_token ?? '')
    await expect(afterwards).rejects.toMatchObject({ error: 'invalid_grant', status: 400 })
  })

  test('hears login_required when prompt=none finds no session', async () => {
    const configuration = await discover(clientId, authentication)
    const { url, checks } = await begin(configuration, { prompt: 'none' })
    const answer = new URL((await new Browser(origin).get(url.href)).url)
    const grant = oidc.authorizationCodeGrant(configuration, answer, checks)
    await expect(grant).rejects.toMatchObject({ error: 'login_required' })
  })
})

test('openid-client: takes a form_post answer, and prompt=none needs no page afterwards', async () => {
  const configuration = await discover('web', oidc.ClientSecretBasic('web-secret'))
  const browser = new Browser(origin)
  const posted = await begin(configuration, { response_mode: 'form_post' })
  const { action, fields } = formOf(await signInAndAllow(browser, posted.url))
  const request = new Request(action, { method: 'POST', body: new URLSearchParams(fields) })
  const first = await oidc.authorizationCodeGrant(configuration, request, posted.checks)

  const silent = await begin(configuration, { prompt: 'none' })
  const answer = new URL((await browser.get(silent.url.href)).url)
  const second = await oidc.authorizationCodeGrant(configuration, answer, silent.checks)
  expect(second.claims()?.sub).toBe(first.claims()?.sub)
})

test('openid-client: an answer mixed up with that of another issuer is noticed (rfc9207)', async () => {
  const configuration = await discover('web', oidc.ClientSecretBasic('web-secret'))
  const { url, checks } = await begin(configuration)
  const answer = new URL((await signInAndAllow(new Browser(origin), url)).url)
  answer.searchParams.set('iss', `${origin}/globex`)
  const mixedUp = oidc.authorizationCodeGrant(configuration, answer, checks)
  const reason = expect.stringMatching(/"iss" \(issuer\)/)
  await expect(mixedUp).rejects.toMatchObject({ cause: { message: reason } })
})

test('openid-client: client_credentials, discovered the way of rfc8414', async () => {
  const authentication = oidc.ClientSecretBasic('machine-secret')
  const configuration = await discover('machine', authentication, 'oauth2')
  const tokens = await oidc.clientCredentialsGrant(configuration, { scope: 'orders:read' })
  expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'orders:read' })
  expect(tokens.expires_in).toBeGreaterThan(0)
})
