import { expect, test } from 'vitest'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { trusted } from '#shared/kernel/ids.ts'
import { versioned } from '#shared/kernel/sealed-content.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { proofVerifier } from '#shared/node/proof-verifier.ts'
import {
  client,
  clientId,
  clockAt,
  countingRandom,
  family,
  familyId,
  inSeconds,
  now,
  otherClientId,
  region,
  session,
  tenant,
  user,
  userId,
} from '../../../test/support/builders.ts'
import {
  plainAssertions,
  plainProtection,
  plainSealer,
  plainSigner,
  plainVerifier,
  registeredKeys,
  silentIssuers,
} from '../../../test/support/fake-ports.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import type { SecretHash } from '../client/client.ts'
import { type AccessToken, accessTokenClaims } from '../token/access-token.ts'
import { introspect } from './introspect.ts'

const at = tenant()
const sealer = plainSealer()
const api = 'https://api.example/'
const secretHashes = [trusted<SecretHash>(sha256Base64url('s3cret'))]

const token: AccessToken = {
  subject: userId,
  audience: api,
  client: clientId,
  scopes: ['openid', 'profile', 'api:read'],
  jti: 'eu-central-1.1',
  issuedAt: inSeconds(-10),
  expiresAt: inSeconds(1),
}
const line = { user: userId, family: familyId }

async function said(changed: Partial<AccessToken> = {}, typ: 'JWT' | 'at+jwt' = 'at+jwt') {
  const store = inMemoryStore({
    clients: [client(), client({ id: otherClientId, secretHashes })],
    users: [user()],
    sessions: [session()],
    families: [family()],
    resourceServers: [
      {
        tenant: at.id,
        identifier: api,
        name: 'API',
        scopes: [],
        introspectionClient: otherClientId,
      },
    ],
  })
  const ports = {
    ...store,
    ...plainProtection,
    assertionVerifier: plainAssertions,
    clientKeys: registeredKeys,
    externalTokens: { ...silentIssuers, trustedIssuers: store.trustedIssuers },
    accessTokens: plainVerifier,
    clock: clockAt(),
    mtlsOrigin: undefined,
    proofVerifier,
    random: countingRandom(),
    region,
    sealer,
  }
  const handle = await sealer.sealDeterministically('handle', at.id, versioned(line))
  const jwt = await plainSigner.sign(
    at,
    { typ },
    accessTokenClaims(at.issuer, { ...token, ...changed }, handle),
  )
  return introspect(ports)(at, {
    client: { method: 'client_secret_basic', id: otherClientId, secret: new Secret('s3cret') },
    token: new Secret(jwt),
    address: '203.0.113.9',
    wantsJwt: false,
  })
}

test('rfc7662 section 2.2: a token that holds is active until the second of its end', async () => {
  expect(await said()).toMatchObject({ active: true, exp: inSeconds(1), aud: api })
})

test('rfc7662 section 4: one that has expired is not active, and nothing else is said', async () => {
  expect(await said({ expiresAt: now })).toEqual({ active: false })
})

test('rfc7662 section 4: one that cannot be used at the resource server that asks is not active', async () => {
  for (const audience of ['https://else.example/', at.issuer, [], [`${api}x`]]) {
    expect(await said({ audience })).toEqual({ active: false })
  }
})

test('rfc7662 section 2.2: a JWT of another type is no token', async () => {
  expect(await said({}, 'JWT')).toEqual({ active: false })
})

test('rfc9701 section 9: of a person an API learns what the scopes of the token are for', async () => {
  expect(await said()).toMatchObject({ username: 'ada' })
  expect(await said({ scopes: ['openid', 'api:read'] })).not.toHaveProperty('username')
})
