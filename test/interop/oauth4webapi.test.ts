import { importJWK } from 'jose'
import * as oauth from 'oauth4webapi'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { Browser } from '../../tools/smoke/browser.ts'
import { formOf } from '../../tools/smoke/page-form.ts'
import keys from '../support/client-keys.json' with { type: 'json' }
import { signInAndAllow } from '../support/person.ts'
import { callback } from '../support/relying-party.ts'

const origin = inject('origin')
const issuer = new URL(`${origin}/acme`)

/** The local issuer has no certificate; everything else that the library checks stays on. */
const insecure = { [oauth.allowInsecureRequests]: true }

const key = await importJWK(keys.RS256, 'RS256')
if (key instanceof Uint8Array) throw new TypeError('an RSA key is no octet sequence')

const clients = [
  ['web', 'client_secret_basic', oauth.ClientSecretBasic('web-secret')],
  ['post', 'client_secret_post', oauth.ClientSecretPost('post-secret')],
  ['jwt', 'private_key_jwt', oauth.PrivateKeyJwt({ key, kid: keys.RS256.kid })],
  ['spa', 'none', oauth.None()],
] as const

let server: oauth.AuthorizationServer
beforeAll(async () => {
  const response = await oauth.discoveryRequest(issuer, insecure)
  server = await oauth.processDiscoveryResponse(issuer, response)
})

interface Pending {
  readonly url: URL
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

async function begin(clientId: string, more: Record<string, string> = {}): Promise<Pending> {
  const state = oauth.generateRandomState()
  const nonce = oauth.generateRandomNonce()
  const verifier = oauth.generateRandomCodeVerifier()
  const parameters = {
    client_id: clientId,
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid profile email orders:read',
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  }
  const url = new URL(`${server.authorization_endpoint}?${new URLSearchParams(parameters)}`)
  return { url, state, nonce, verifier }
}

/** Redeems what came back, with every check that the library has, the signature included. */
async function complete(
  client: oauth.Client,
  authentication: oauth.ClientAuth,
  { state, nonce, verifier }: Pending,
  answer: URL | URLSearchParams,
): Promise<oauth.TokenEndpointResponse> {
  const parameters = oauth.validateAuthResponse(server, client, answer, state)
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authentication,
    parameters,
    callback,
    verifier,
    insecure,
  )
  const expected = { expectedNonce: nonce, requireIdToken: true }
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, expected)
  await oauth.validateApplicationLevelSignature(server, response, insecure)
  return tokens
}

async function refresh(
  client: oauth.Client,
  authentication: oauth.ClientAuth,
  refreshToken = '',
): Promise<oauth.TokenEndpointResponse> {
  const response = await oauth.refreshTokenGrantRequest(
    server,
    client,
    authentication,
    refreshToken,
    insecure,
  )
  const tokens = await oauth.processRefreshTokenResponse(server, client, response)
  await oauth.validateApplicationLevelSignature(server, response, insecure)
  return tokens
}

const subjectOf = (tokens: oauth.TokenEndpointResponse) =>
  oauth.getValidatedIdTokenClaims(tokens)?.sub ?? ''

describe.each(clients)('oauth4webapi: the client %s with %s', (client_id, _, authentication) => {
  const client = { client_id }

  test('completes code, PKCE, userinfo, rotation and logout', async () => {
    const browser = new Browser(origin)
    const pending = await begin(client_id, { prompt: 'consent' })
    const { url } = await signInAndAllow(browser, pending.url)
    const tokens = await complete(client, authentication, pending, new URL(url))

    const asked = await oauth.userInfoRequest(server, client, tokens.access_token, insecure)
    const subject = subjectOf(tokens)
    const userInfo = await oauth.processUserInfoResponse(server, client, subject, asked)
    expect(userInfo).toMatchObject({ name: 'Grace Hopper', email: 'grace@example.com' })

    const next = await refresh(client, authentication, tokens.refresh_token)
    expect(subjectOf(next)).toBe(subject)
    expect(next.refresh_token).not.toBe(tokens.refresh_token)

    const signedOut = 'https://app.example/signed-out'
    const query = { id_token_hint: next.id_token ?? '', post_logout_redirect_uri: signedOut }
    const end = `${server.end_session_endpoint}?${new URLSearchParams(query)}`
    expect((await browser.get(end)).url).toBe(signedOut)
    const ended = { cause: { error: 'invalid_grant' } }
    await expect(refresh(client, authentication, next.refresh_token)).rejects.toMatchObject(ended)
  })

  test('hears login_required when prompt=none finds no session', async () => {
    const pending = await begin(client_id, { prompt: 'none' })
    const { url } = await new Browser(origin).get(pending.url.href)
    const validate = () => oauth.validateAuthResponse(server, client, new URL(url), pending.state)
    expect(validate).toThrow(oauth.AuthorizationResponseError)
    expect(validate).toThrow(expect.objectContaining({ error: 'login_required' }))
  })
})

test('oauth4webapi: takes a form_post answer, and prompt=none needs no page afterwards', async () => {
  const browser = new Browser(origin)
  const client = { client_id: 'web' }
  const authentication = oauth.ClientSecretBasic('web-secret')
  const posted = await begin('web', { response_mode: 'form_post' })
  const { fields } = formOf(await signInAndAllow(browser, posted.url))
  const first = await complete(client, authentication, posted, new URLSearchParams(fields))

  const silent = await begin('web', { prompt: 'none', id_token_hint: first.id_token ?? '' })
  const { url } = await browser.get(silent.url.href)
  const second = await complete(client, authentication, silent, new URL(url))
  expect(subjectOf(second)).toBe(subjectOf(first))
})

test('oauth4webapi: a refresh token that comes again revokes its successor too', async () => {
  const client = { client_id: 'web' }
  const authentication = oauth.ClientSecretBasic('web-secret')
  const pending = await begin('web')
  const { url } = await signInAndAllow(new Browser(origin), pending.url)
  const tokens = await complete(client, authentication, pending, new URL(url))
  const next = await refresh(client, authentication, tokens.refresh_token)
  for (const token of [tokens.refresh_token, next.refresh_token]) {
    await expect(refresh(client, authentication, token)).rejects.toMatchObject({
      cause: { error: 'invalid_grant' },
    })
  }
})

test('oauth4webapi: client_credentials gives a token that verifies as rfc9068 says', async () => {
  const client = { client_id: 'machine' }
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.ClientSecretBasic('machine-secret'),
    { scope: 'orders:read' },
    insecure,
  )
  const tokens = await oauth.processClientCredentialsResponse(server, client, response)
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  const request = new Request('https://api.example/orders', { headers })
  const claims = await oauth.validateJwtAccessToken(server, request, issuer.href, insecure)
  expect(claims).toMatchObject({ client_id: 'machine', sub: 'machine', scope: 'orders:read' })
})
