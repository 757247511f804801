import * as oauth from 'oauth4webapi'
import { beforeAll, expect, inject, test } from 'vitest'
import { Browser } from '../../tools/smoke/browser.ts'
import { signInAndAllow } from '../support/person.ts'
import { callback } from '../support/relying-party.ts'

const origin = inject('origin')

/** The local issuer has no certificate; everything else that the library checks stays on. */
const insecure = { [oauth.allowInsecureRequests]: true }

async function discovered(tenant: string): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(`${origin}/${tenant}`)
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
}

let server: oauth.AuthorizationServer
beforeAll(async () => {
  server = await discovered('acme')
})

/** What a client of the library holds to prove its key, as its documentation shows. */
async function prover(client: oauth.Client) {
  const keys = await oauth.generateKeyPair('ES256')
  return oauth.DPoP(client, keys)
}

test('oauth4webapi: a public client with DPoP completes code, userinfo and refresh', async () => {
  const client = { client_id: 'spa' }
  const DPoP = await prover(client)
  const bound = { ...insecure, DPoP }
  const verifier = oauth.generateRandomCodeVerifier()
  const parameters = {
    client_id: 'spa',
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid profile',
    prompt: 'consent',
    dpop_jkt: await DPoP.calculateThumbprint(),
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }
  const url = new URL(`${server.authorization_endpoint}?${new URLSearchParams(parameters)}`)
  const visit = await signInAndAllow(new Browser(origin), url)
  const answer = oauth.validateAuthResponse(server, client, new URL(visit.url))
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    answer,
    callback,
    verifier,
    bound,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response)
  expect(tokens.token_type).toBe('dpop')

  const asked = await oauth.userInfoRequest(server, client, tokens.access_token, bound)
  const subject = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? ''
  expect(await oauth.processUserInfoResponse(server, client, subject, asked)).toHaveProperty('name')

  const { refresh_token: refreshToken = '' } = tokens
  const refresh = async (options: oauth.TokenEndpointRequestOptions) => {
    const none = oauth.None()
    const sent = await oauth.refreshTokenGrantRequest(server, client, none, refreshToken, options)
    return oauth.processRefreshTokenResponse(server, client, sent)
  }
  const stolen = { ...insecure, DPoP: await prover(client) }
  await expect(refresh(stolen)).rejects.toMatchObject({ cause: { error: 'invalid_grant' } })
  expect((await refresh(bound)).token_type).toBe('dpop')
})

test('oauth4webapi: repeats a request with the nonce that it is asked for', async () => {
  const possession = await discovered('possession')
  const client = { client_id: 'machine' }
  const bound = { ...insecure, DPoP: await prover(client) }
  const request = async () => {
    const secret = oauth.ClientSecretBasic('machine-secret')
    const response = await oauth.clientCredentialsGrantRequest(
      possession,
      client,
      secret,
      {},
      bound,
    )
    return oauth.processClientCredentialsResponse(possession, client, response)
  }
  const refused = await request().catch((error: unknown) => error)
  expect(oauth.isDPoPNonceError(refused)).toBe(true)
  expect((await request()).token_type).toBe('dpop')
})
