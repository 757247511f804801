import { X509Certificate } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { type ClientId, type FamilyId, type SessionId, trusted } from '#shared/kernel/ids.ts'
import { versioned } from '#shared/kernel/sealed-content.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { proofVerifier } from '#shared/node/proof-verifier.ts'
import { certificateThumbprint } from '#shared/oauth/authentication/client-certificate.ts'
import { parseDpopProof } from '#shared/oauth/possession/dpop-proof.ts'
import type { PresentedToken } from '#shared/oauth/token/presented-token.ts'
import {
  client,
  clientId,
  clockAt,
  countingRandom,
  family,
  familyId,
  inSeconds,
  now,
  region,
  session,
  tenant,
  user,
  userId,
} from '../../../test/support/builders.ts'
import { clientCertificate } from '../../../test/support/client-certificate.ts'
import { dpopKey, type ProofWishes } from '../../../test/support/dpop.ts'
import {
  claimsOf,
  plainProtection,
  plainSealer,
  plainSigner,
  plainVerifier,
} from '../../../test/support/fake-ports.ts'
import { type Contents, inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { userInfo } from './user-info.ts'

const sealer = plainSealer()

function world(seed: Partial<Contents> = {}) {
  return inMemoryStore({
    clients: [client()],
    users: [user({ displayName: 'Ada' })],
    sessions: [session()],
    families: [family()],
    groups: ['Engineers'],
    ...seed,
  })
}

let here = world()
beforeEach(() => {
  here = world()
})

const sealedHandle = (kind: 'handle' | 'refresh' = 'handle', id: FamilyId = familyId) =>
  sealer.sealDeterministically(kind, tenant().id, versioned({ user: userId, family: id }))

async function tokenOf(more: Record<string, unknown> = {}, typ: 'JWT' | 'at+jwt' = 'at+jwt') {
  return plainSigner.sign(
    tenant(),
    { typ },
    {
      iss: tenant().issuer,
      aud: tenant().issuer,
      sub: userId,
      client_id: clientId,
      jti: 'eu-central-1.1',
      scope: 'openid profile',
      iat: inSeconds(-10),
      exp: inSeconds(290),
      hdl: await sealedHandle(),
      ...more,
    },
  )
}

const ask = (token: string, more: Partial<PresentedToken> = {}) => {
  const possession = { proofVerifier, mtlsOrigin: undefined, random: countingRandom() }
  const opening = { sealer, region, accessTokens: plainVerifier }
  const protection = async () => plainProtection
  const ports = { ...here, ...opening, ...possession, protection, clock: clockAt() }
  const presented = { token: new Secret(token), scheme: 'Bearer', method: 'GET' } as const
  return userInfo(ports)(tenant(), { ...presented, ...more })
}

const invalid = (rule: string) => ({
  code: 'invalid_token',
  status: 401,
  rule: `oidc/userinfo/${rule}`,
})

test('oidc core section 5.3.2: sub, and the claims that the scopes allow', async () => {
  expect(await ask(await tokenOf())).toMatchObject({ sub: userId, name: 'Ada' })
  expect(await ask(await tokenOf({ scope: 'openid' }))).toStrictEqual({ sub: userId })
})

test('groups are read for their scope alone', async () => {
  expect(await ask(await tokenOf({ scope: 'openid groups' }))).toHaveProperty('groups', [
    'Engineers',
  ])
  here.groups.namesOf = () => Promise.reject(new Error('not asked for'))
  await expect(ask(await tokenOf())).resolves.toBeDefined()
})

test('the claims are those of now, not those of when the token was issued', async () => {
  here.kept.users = [user({ displayName: 'Ada L.' })]
  expect(await ask(await tokenOf())).toHaveProperty('name', 'Ada L.')
})

describe('rfc6750 section 3.1: a token that does not hold is invalid_token', () => {
  test.each(['', 'a.b.c', 'at+jwt.bnVsbA.acme'])('no token of ours: %s', async (token) => {
    await expect(ask(token)).rejects.toMatchObject(invalid('token'))
  })

  test('rfc9068 section 4: an ID token is no access token', async () => {
    await expect(ask(await tokenOf({}, 'JWT'))).rejects.toMatchObject(invalid('token'))
  })

  test('oidc core section 16.8: one that has expired, one for another audience', async () => {
    await expect(ask(await tokenOf({ exp: now }))).rejects.toMatchObject(invalid('expired'))
    const other = tokenOf({ aud: 'https://api.example' })
    await expect(ask(await other)).rejects.toMatchObject(invalid('audience'))
  })

  test('one whose handle is not a handle', async () => {
    for (const hdl of ['x', await sealedHandle('refresh')]) {
      await expect(ask(await tokenOf({ hdl }))).rejects.toMatchObject(invalid('token'))
    }
  })
})

describe('rfc6750 section 3.1: a token is revoked at once when', () => {
  const gone = trusted<SessionId>('gone')
  test.each<[string, Partial<Contents>]>([
    [
      'the code or a refresh token of its family came twice',
      { families: [family({ revokedAt: now })] },
    ],
    ['its family is gone', { families: [] }],
    ['its session has ended', { sessions: [session({ endedAt: now })] }],
    ['its session has expired', { sessions: [session({ expiresAt: now })] }],
    ['its session is gone', { families: [family({ sid: gone })] }],
    ['its user is gone', { users: [] }],
    ['its user is disabled', { users: [user({ active: false })] }],
    ['its user has revoked what is older', { users: [user({}, { validAfter: inSeconds(-999) })] }],
    ['its client is gone', { clients: [] }],
    ['its client has revoked what is older', { clients: [client({ validAfter: inSeconds(-9) })] }],
  ])('%s', async (_, changed) => {
    Object.assign(here.kept, changed)
    await expect(ask(await tokenOf())).rejects.toMatchObject(invalid('revoked'))
  })
})

test('oidc core section 11: offline access goes on when the session has ended', async () => {
  here.kept.families = [family({ offline: true })]
  here.kept.sessions = [session({ endedAt: now })]
  expect(await ask(await tokenOf())).toHaveProperty('sub', userId)
})

test('a machine has no claims: its token speaks for nobody', async () => {
  await expect(ask(await tokenOf({ hdl: undefined, sub: clientId }))).rejects.toMatchObject({
    code: 'insufficient_scope',
    status: 403,
  })
})

describe('rfc9449 section 7: a token that is bound to the key of a proof', async () => {
  const key = await dpopKey()
  const htu = `${tenant().issuer}/oauth2/userinfo`
  const bound = (jkt = key.jkt) => tokenOf({ cnf: { jkt } })

  /** Asks with a proof for this request. */
  async function askProving(token: string, wishes: Partial<ProofWishes> = {}, by = key) {
    const { claims, ...others } = wishes
    const good = { htm: 'GET', htu, accessToken: token, claims: { iat: now, ...claims } }
    const proof = parseDpopProof(await by.proof({ ...good, ...others }))
    return ask(token, { scheme: 'DPoP', proof })
  }

  test('is taken with a proof of that key', async () => {
    expect(await askProving(await bound())).toHaveProperty('sub', userId)
  })

  test('rfc9449 section 7.2: is not taken as one that anybody may bear', async () => {
    await expect(ask(await bound())).rejects.toMatchObject({
      code: 'invalid_token',
      rule: 'oauth/sender/scheme',
    })
  })

  test('rfc9449 section 7.1: any other token is not taken under its scheme', async () => {
    await expect(askProving(await tokenOf())).rejects.toMatchObject({ rule: 'oauth/sender/scheme' })
  })

  test('rfc9449 section 7.1: is not taken without a proof', async () => {
    await expect(ask(await bound(), { scheme: 'DPoP' })).rejects.toMatchObject({
      code: 'invalid_dpop_proof',
      rule: 'oauth/sender/proof-missing',
    })
  })

  test('rfc9449 section 4.3: is not taken with the proof of another key', async () => {
    const other = await dpopKey()
    await expect(askProving(await bound(), {}, other)).rejects.toMatchObject({
      code: 'invalid_token',
      rule: 'oauth/sender/other-key',
    })
  })

  test.each([
    ['token-hash', { accessToken: 'another' }],
    ['method', { htm: 'POST' }],
    ['target', { htu: `${tenant().issuer}/oauth2/token` }],
    ['time', { claims: { iat: now - 100 } }],
  ])('rfc9449 section 4.3: nor with a proof for another request: %s', async (rule, wishes) => {
    await expect(askProving(await bound(), wishes)).rejects.toMatchObject({
      code: 'invalid_dpop_proof',
      rule: `oauth/dpop/${rule}`,
    })
  })

  test('rfc9449 section 11.1 and fapi 2.0 section 6.2: a proof is taken once', async () => {
    const token = await bound()
    const wishes = { claims: { jti: 'once' } }
    await askProving(token, wishes)
    await expect(askProving(token, wishes)).rejects.toMatchObject({ rule: 'oauth/dpop/replayed' })
  })
})

describe('rfc8705 section 3: a token that is bound to a certificate', async () => {
  const shown = async (name: string) => new X509Certificate((await clientCertificate(name)).cert)
  const own = await shown('own')
  const bound = () => tokenOf({ cnf: { 'x5t#S256': certificateThumbprint(own) } })

  test('is taken over a connection with that certificate', async () => {
    expect(await ask(await bound(), { certificate: own })).toHaveProperty('sub', userId)
  })

  test('is not taken with another one, or with none', async () => {
    for (const keys of [{}, { certificate: await shown('other') }]) {
      await expect(ask(await bound(), keys)).rejects.toMatchObject({
        code: 'invalid_token',
        status: 401,
        rule: 'oauth/sender/other-key',
      })
    }
  })
})

describe('oidc core section 5.3.2: as the client has registered to get it', () => {
  test('a signed JWT with iss and aud', async () => {
    here.kept.clients = [client({ userInfo: { signingAlg: 'RS256' } })]
    const answer = await ask(await tokenOf())
    expect(claimsOf(String(answer))).toMatchObject({
      iss: tenant().issuer,
      aud: clientId,
      sub: userId,
      name: 'Ada',
    })
  })

  test('the claims, encrypted', async () => {
    const userInfo = { encryptionAlg: 'ECDH-ES', encryptionEnc: 'A128GCM' } as const
    here.kept.clients = [client({ userInfo, keys: [{ kty: 'EC' }] })]
    expect(await ask(await tokenOf())).toMatch(/^ECDH-ES\.A128GCM\.undefined\./)
  })

  test('a signed JWT, encrypted', async () => {
    const userInfo = {
      signingAlg: 'RS256',
      encryptionAlg: 'ECDH-ES',
      encryptionEnc: 'A128GCM',
    } as const
    here.kept.clients = [client({ userInfo, keys: [{ kty: 'EC' }] })]
    expect(await ask(await tokenOf())).toMatch(/^ECDH-ES\.A128GCM\.JWT\./)
  })

  test('never in the clear when no key fits', async () => {
    const userInfo = { encryptionAlg: 'ECDH-ES', encryptionEnc: 'A128GCM' } as const
    here.kept.clients = [client({ userInfo })]
    await expect(ask(await tokenOf())).rejects.toMatchObject({
      rule: 'oauth/response/encryption-key',
    })
  })
})

test('oidc core section 5.3.2: sub is the one of the ID token, as the client knows the user', async () => {
  expect(await ask(await tokenOf({ sub: 'pair.wise' }))).toMatchObject({ sub: 'pair.wise' })
})

test('oidc core section 5.5: what was asked for by name is answered without its scope', async () => {
  here.kept.families = [family({ claims: { userinfo: { groups: null, email: null } } })]
  const answer = await ask(await tokenOf({ scope: 'openid' }))
  expect(answer).toEqual({ sub: userId, groups: ['Engineers'] })
  const other = { client_id: trusted<ClientId>('other') }
  here.kept.clients.push(client({ id: other.client_id }))
  // A token that was exchanged for another client: it has not asked.
  expect(await ask(await tokenOf({ scope: 'openid', ...other }))).toEqual({ sub: userId })
})
