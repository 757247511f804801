import { importJWK } from 'jose'
import * as oidc from 'openid-client'
import { describe, expect, inject, test } from 'vitest'
import { Browser } from '../../tools/smoke/browser.ts'
import keys from '../support/client-keys.json' with { type: 'json' }
import { signInAndAllow } from '../support/person.ts'
import { callback } from '../support/relying-party.ts'
import { requestsTenant } from '../support/request-party.ts'

const origin = inject('origin')
const issuer = new URL(`${origin}/${requestsTenant}`)

const key = await importJWK(keys.ES256, 'ES256')
if (key instanceof Uint8Array) throw new TypeError('an EC key is no octet sequence')
const signer = { key, kid: keys.ES256.kid }

const discover = (clientId: string, authentication?: oidc.ClientAuth) =>
  oidc.discovery(issuer, clientId, undefined, authentication, {
    execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
  })

async function parametersOf(more: Record<string, string> = {}) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const checks = {
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
    pkceCodeVerifier,
  }
  const parameters = {
    redirect_uri: callback,
    scope: 'openid profile',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...more,
  }
  return { parameters, checks }
}

const answerTo = async (url: URL) => new URL((await signInAndAllow(new Browser(origin), url)).url)

const clients = [
  ['web', oidc.ClientSecretBasic('web-secret')],
  ['jwt', oidc.PrivateKeyJwt(signer)],
  ['app', oidc.None()],
] as const

describe('rfc9126 with openid-client', () => {
  test.each(clients)('the client %s pushes its request', async (id, authentication) => {
    const configuration = await discover(id, authentication)
    const { parameters, checks } = await parametersOf()
    const url = await oidc.buildAuthorizationUrlWithPAR(configuration, parameters)
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
    const tokens = await oidc.authorizationCodeGrant(configuration, await answerTo(url), checks)
    expect(tokens.claims()).toMatchObject({ aud: id })
  })
})

describe('rfc9101 with openid-client', () => {
  test.each(['jwt', 'signs'])('the client %s signs its request', async (id) => {
    const configuration = await discover(id, oidc.PrivateKeyJwt(signer))
    const { parameters, checks } = await parametersOf()
    const url = await oidc.buildAuthorizationUrlWithJAR(configuration, parameters, signer)
    const tokens = await oidc.authorizationCodeGrant(configuration, await answerTo(url), checks)
    expect(tokens.claims()).toMatchObject({ aud: id })
  })

  test('and pushes what it has signed', async () => {
    const configuration = await discover('signs', oidc.PrivateKeyJwt(signer))
    const { parameters, checks } = await parametersOf()
    const signed = await oidc.buildAuthorizationUrlWithJAR(configuration, parameters, signer)
    const url = await oidc.buildAuthorizationUrlWithPAR(configuration, signed.searchParams)
    const tokens = await oidc.authorizationCodeGrant(configuration, await answerTo(url), checks)
    expect(tokens.claims()).toMatchObject({ aud: 'signs' })
  })
})

test('rfc8707 and rfc9396 with openid-client: the tokens are for what was asked', async () => {
  const configuration = await discover('web', oidc.ClientSecretBasic('web-secret'))
  const resource = 'https://orders.example/'
  const details = [{ type: 'payment', actions: ['initiate'] }]
  const { parameters, checks } = await parametersOf({
    scope: 'openid orders:read',
    resource,
    authorization_details: JSON.stringify(details),
  })
  const url = oidc.buildAuthorizationUrl(configuration, parameters)
  const answer = await answerTo(url)
  const tokens = await oidc.authorizationCodeGrant(configuration, answer, checks, { resource })
  expect(tokens).toMatchObject({ scope: 'orders:read', authorization_details: details })
})
