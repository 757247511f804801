import { describe, expect, test } from 'vitest'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { trusted } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import {
  callback,
  client,
  clientId,
  clockAt,
  inSeconds,
  now,
  publicClient,
  tenant,
} from '../../../test/support/builders.ts'
import {
  claimsOf,
  plainAssertions,
  registeredKeys,
  silentIssuers,
  trustedProofs,
} from '../../../test/support/fake-ports.ts'
import { tokenWorld } from '../../../test/support/token-world.ts'
import type { Client, SecretHash } from '../client/client.ts'
import { strangerLimits } from '../client/stranger-throttle.ts'
import type { TokenRequest } from '../messages/token-request.ts'
import { redeemGrant } from './token.ts'

const secretHashes = [trusted<SecretHash>(sha256Base64url('s3cret'))]
const machine = (more: Partial<Client> = {}) =>
  client({
    grantTypes: ['client_credentials'],
    scopes: ['openid', 'offline_access', 'read', 'write'],
    secretHashes,
    ...more,
  })

function endpointOf(registered: Client) {
  const world = tokenWorld({ clients: [registered] })
  const verification = {
    assertionVerifier: plainAssertions,
    clientKeys: registeredKeys,
    proofVerifier: trustedProofs,
    mtlsOrigin: undefined,
  }
  const externalTokens = { ...silentIssuers, trustedIssuers: world.ports.trustedIssuers }
  const accessTokens = { verify: async () => undefined }
  const others = { accessTokens, externalTokens, clock: clockAt() }
  const ports = { ...world.ports, ...verification, ...others }
  return { ...world, token: (request: TokenRequest) => redeemGrant(ports)(tenant(), request) }
}

const credentials = (secret: string, scopes: readonly string[] = []): TokenRequest => ({
  grantType: 'client_credentials',
  client: { method: 'client_secret_basic', id: clientId, secret: new Secret(secret) },
  address: '203.0.113.9',
  scopes,
})

test('rfc7591 section 5: of clients that nobody answers for one network gets only so many tokens', async () => {
  const dynamicRegistration = { tokenHash: 'h', issuedAt: now }
  const { token, kept } = endpointOf(machine({ dynamicRegistration }))
  for (const { key, maximum } of strangerLimits('token', '203.0.113.9')) {
    Object.assign(kept.attempts, { [key]: maximum - 1 })
  }
  expect(await token(credentials('s3cret'))).toHaveProperty('access_token')
  await expect(token(credentials('s3cret'))).rejects.toMatchObject({ status: 429 })
})

describe('rfc6749 section 4.4: client_credentials', () => {
  test('rfc6749 section 4.4.3: a token of all scopes that are for machines, and no refresh token', async () => {
    const { token, kept } = endpointOf(machine())
    const answer = await token(credentials('s3cret'))
    expect(answer).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'read write',
    })
    expect(kept.events).toMatchObject([
      { activity: 'token-issued', client: clientId, address: '203.0.113.9', time: now },
    ])
  })

  test('rfc9068 section 2.2: the subject is the client, which nobody authenticated', async () => {
    const { token } = endpointOf(machine())
    const { access_token: jwt } = await token(credentials('s3cret', ['read']))
    expect(jwt).toMatch(/^at\+jwt\./)
    expect(claimsOf(jwt)).toStrictEqual({
      iss: tenant().issuer,
      sub: clientId,
      aud: tenant().issuer,
      client_id: clientId,
      scope: 'read',
      jti: expect.stringMatching(/^eu-central-1\./),
      iat: now,
      exp: inSeconds(300),
    })
  })

  test('rfc6749 section 3.3: a scope it may not have is invalid_scope, and nothing is written', async () => {
    const { token, kept } = endpointOf(machine())
    for (const scope of ['admin', 'openid']) {
      await expect(token(credentials('s3cret', [scope]))).rejects.toMatchObject({
        code: 'invalid_scope',
        rule: 'oauth/scope/widened',
      })
    }
    expect(kept.events).toEqual([])
  })

  test('a client without any scope gets a token without one', async () => {
    const answer = await endpointOf(machine({ scopes: [] })).token(credentials('s3cret'))
    expect(answer).not.toHaveProperty('scope')
  })

  test('rfc6749 section 4.4: a public client must not use it', async () => {
    const { token } = endpointOf(publicClient({ grantTypes: ['client_credentials'] }))
    const request = { ...credentials(''), client: { method: 'none', id: clientId } } as const
    await expect(token(request)).rejects.toMatchObject({
      code: 'invalid_client',
      rule: 'oauth/token/public-client',
    })
  })

  test('rfc8252 section 8.5: nor an app whose every copy holds the secret', async () => {
    const { token, kept } = endpointOf(machine({ applicationType: 'native' }))
    await expect(token(credentials('s3cret'))).rejects.toMatchObject({
      rule: 'oauth/token/public-client',
    })
    expect(kept.events).toEqual([])
  })
})

describe('rfc6749 section 3.2.1, 4.4.2, 10.2 and 10.5: the client authenticates before anything else', () => {
  test('who does not is invalid_client, whatever the grant', async () => {
    const { token, kept } = endpointOf(machine())
    await expect(token(credentials('wrong'))).rejects.toMatchObject({
      code: 'invalid_client',
      status: 401,
      rule: 'oauth/client/secret',
    })
    expect(kept.events).toEqual([])
  })

  test('a code in the hands of an unauthenticated client is not burnt', async () => {
    const { token, kept, sealedCode } = endpointOf(client({ secretHashes }))
    const code = await sealedCode()
    const request = (secret: string): TokenRequest => ({
      grantType: 'authorization_code',
      client: { method: 'client_secret_basic', id: clientId, secret: new Secret(secret) },
      address: '203.0.113.9',
      code,
      redirectUri: callback,
      codeVerifier: undefined,
    })
    await expect(token(request('wrong'))).rejects.toMatchObject({ code: 'invalid_client' })
    expect(kept.families).toEqual([])
    const { refresh_token: refreshToken = '' } = await token(request('s3cret'))
    const { client: presented, address } = request('s3cret')
    const refresh = { grantType: 'refresh_token', client: presented, address } as const
    expect(await token({ ...refresh, refreshToken, scopes: [] })).toHaveProperty('access_token')
  })
})

test('rfc6749 section 5.2: a grant that the client is not registered for is unauthorized_client', async () => {
  const { token } = endpointOf(machine({ grantTypes: ['authorization_code'] }))
  await expect(token(credentials('s3cret'))).rejects.toMatchObject({
    code: 'unauthorized_client',
    status: 400,
    rule: 'oauth/token/grant-not-allowed',
  })
})
